using Harness.Kernels.Archives;
using Harness.Kernels.Images;
using Harness.Kernels.Modules;
using Harness.Kernels.Packages;
using Harness.Machines;

namespace Harness.Kernels.FileImages;

/// <summary>The image of a kernel in a file: an image, or a package that has one.</summary>
/// <param name="sha256">Of the file, lower-case hex. Only of a file on this machine it may be unknown.</param>
/// <param name="arch">As <c>uname -m</c> says.</param>
public sealed class FileImage(Uri place, string? sha256, string arch, ArchiveClient client, ImageCache cache)
    : IImageSource
{
    public Uri Place { get; } = place;

    public bool IsLocal => Place.IsFile;

    public bool IsCached => IsLocal ? File.Exists(Place.LocalPath) : cache.Find(sha256!) is not null;

    public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
        AcquireAsync(ImageProgress.None with { Received = received }, cancellation);

    /// <inheritdoc/>
    public async Task<ImageResult> AcquireAsync(ImageProgress progress, CancellationToken cancellation)
    {
        try
        {
            var (image, problem) = await FindAsync(cancellation).ConfigureAwait(false);
            return image is null ? new ImageResult.Unavailable(problem!)
                : await image.AcquireAsync(progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImageResult.Unavailable(e.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<KernelFiles> FilesAsync(IReadOnlyList<string> modules, CancellationToken cancellation)
    {
        try
        {
            var (image, problem) = await FindAsync(cancellation).ConfigureAwait(false);
            return image is null ? new KernelFiles(Place.LocalPath) { Failure = problem }
                : await image.FilesAsync(modules, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new KernelFiles(Place.LocalPath) { Failure = e.Message };
        }
    }

    /// <inheritdoc/>
    public Task<bool?> IsServedAsync(CancellationToken cancellation) => client.ExistsAsync(Place, cancellation);

    /// <summary>The hash of the file, as it is or must be.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<string> HashAsync(CancellationToken cancellation) =>
        sha256 ?? await Hashes.Sha256OfFileAsync(Place.LocalPath, cancellation).ConfigureAwait(false);

    /// <returns>How the image is had; or why it cannot be.</returns>
    private async Task<(IImageSource? Image, string? Problem)> FindAsync(CancellationToken cancellation)
    {
        if (!IsLocal)
        {
            return (Packaged(sha256!), null);
        }
        var path = Place.LocalPath;
        if (MachineList.ImageProblem(path, arch) is not { } problem)
        {
            return (new LocalImage(path, arch, sha256), null);
        }
        if (!File.Exists(path) || Files.IsSpecial(path) || !Unpacker.Knows(path))
        {
            return (null, File.Exists(path) ? $"{problem}; and it is no .deb, .rpm or .tar.*" : problem);
        }
        var found = await Hashes.Sha256OfFileAsync(path, cancellation).ConfigureAwait(false);
        return sha256 is null || sha256 == found ? (Packaged(found), null)
            : (null, $"{path} fails verification: its SHA256 is {found}, the matrix or lock says {sha256}");
    }

    private PackagedImage Packaged(string hash) => new(
        new PackagedKernel(
            arch, new PackageFile(Path.GetFileName(Place.LocalPath), "", null, hash, [Place])
            {
                Authority = "the matrix or lock",
            },
            []),
        client, cache);
}
