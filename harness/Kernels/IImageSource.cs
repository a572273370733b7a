using Harness.Kernels.Modules;

namespace Harness.Kernels;

/// <summary>Where the image of one kernel is: in an archive, in a file, or to be built from a commit.</summary>
public interface IImageSource
{
    /// <summary>Whether the image is on this machine already, so that a run would download or build nothing.</summary>
    bool IsCached { get; }

    /// <summary>Whether an image that is not here is built, which takes minutes, rather than downloaded.</summary>
    bool Builds => false;

    /// <summary>Whether the image is a file that the user named: it is never downloaded or built.</summary>
    bool IsLocal => false;

    /// <summary>
    /// Why kernels could not be looked for, when this stands in their place; <c>null</c> for a kernel's image.
    /// </summary>
    string? Failure => null;

    /// <summary>
    /// What the ids of the kernels begin with that could not be looked for; <c>null</c> for a kernel's image.
    /// </summary>
    string? StandsFor => null;

    /// <summary>
    /// Asks whether the image can be downloaded, without a download; <c>null</c> when nobody can be asked.
    /// </summary>
    Task<bool?> IsServedAsync(CancellationToken cancellation) => Task.FromResult<bool?>(null);

    /// <summary>
    /// What comes with the image. Getting it may take as long as getting the image, so nobody asks who does not need
    /// it.
    /// </summary>
    /// <param name="modules">
    /// The modules that are wanted, by name; what they need in turn comes with them, as far as it is there.
    /// </param>
    Task<KernelFiles> FilesAsync(IReadOnlyList<string> modules, CancellationToken cancellation) =>
        Task.FromResult(new KernelFiles("what comes with its image"));

    /// <summary>Gets the image, verified, from the cache or from where it lies.</summary>
    /// <param name="received">Is told the number of bytes downloaded so far.</param>
    Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation);

    /// <summary>The same, for a source that repeats by itself what fails in the network, or that builds.</summary>
    Task<ImageResult> AcquireAsync(ImageProgress progress, CancellationToken cancellation) =>
        AcquireAsync(progress.Received, cancellation);
}
