namespace Harness.Kernels.Debian;

/// <summary>The source of a kernel that was asked for by name and is nowhere.</summary>
public sealed class AbsentImageSource(string reason) : IKernelSource
{
    public bool IsCached => false;

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        Task.FromResult<ImageResult>(new ImageResult.Unavailable(reason));
}
