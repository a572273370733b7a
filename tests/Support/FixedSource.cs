using Harness.Kernels;
using Harness.Kernels.Modules;

namespace Harness.Tests.Support;

/// <summary>An image source that gives the same answer each time, once a task has ended, and counts.</summary>
internal sealed class FixedSource(ImageResult result, Task? after = null) : IImageSource
{
    private int _acquired;

    /// <summary>What comes with the image.</summary>
    public KernelFiles Files { get; init; } = new("nothing");

    public bool IsCached => result is ImageResult.Available { FromCache: true };

    /// <summary>How often the image was asked for.</summary>
    public int Acquired => _acquired;

    public Task<KernelFiles> FilesAsync(IReadOnlyList<string> modules, CancellationToken cancellation) =>
        Task.FromResult(Files);

    public async Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _acquired);
        received.Report(1);
        await (after ?? Task.CompletedTask).WaitAsync(cancellation);
        return result;
    }
}
