namespace Harness.Kernels;

/// <summary>The place of an image that was asked for by name and that no source has.</summary>
/// <param name="reason">Why there is none, for the kernel's row.</param>
public sealed class AbsentImageSource(string reason) : IImageSource
{
    public bool IsCached => false;

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        Task.FromResult<ImageResult>(new ImageResult.Unavailable(reason));
}
