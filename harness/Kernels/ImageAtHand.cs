using Harness.Kernels.Modules;

namespace Harness.Kernels;

/// <summary>An image that somebody has already, verified or just built.</summary>
/// <param name="source">Has what comes with it; <c>null</c> where nothing does.</param>
public sealed class ImageAtHand(BootImage image, IImageSource? source = null) : IImageSource
{
    public bool IsCached => true;

    /// <inheritdoc/>
    public Task<KernelFiles> FilesAsync(IReadOnlyList<string> modules, CancellationToken cancellation) =>
        source?.FilesAsync(modules, cancellation) ?? Task.FromResult(
            new KernelFiles("the build, which makes no modules") { BuiltIn = new HashSet<string>() });

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        Task.FromResult<ImageResult>(new ImageResult.Available(image, FromCache: true));
}
