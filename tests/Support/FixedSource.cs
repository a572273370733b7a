using Harness.Kernels;

namespace Harness.Tests.Support;

/// <summary>An image source that gives the same answer each time, once a task has ended, and counts.</summary>
internal sealed class FixedSource(ImageResult result, Task? after = null) : IImageSource
{
    private int _acquired;

    public bool IsCached => result is ImageResult.Available { FromCache: true };

    /// <summary>How often the image was asked for.</summary>
    public int Acquired => _acquired;

    public async Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _acquired);
        received.Report(1);
        await (after ?? Task.CompletedTask).WaitAsync(cancellation);
        return result;
    }
}
