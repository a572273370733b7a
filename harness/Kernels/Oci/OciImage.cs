using Harness.Kernels.Modules;
using Harness.Kernels.Packages;
using Harness.Machines;
using Harness.Processes;

namespace Harness.Kernels.Oci;

/// <summary>The image of a kernel in an image of containers: copied by digest, taken out, and cached.</summary>
public sealed class OciImage(OciPlace place, ImageCache cache) : IImageSource
{
    /// <summary>Known once it is pinned or was asked for.</summary>
    private string? _digest = place.Digest;

    public OciPlace Place { get; } = place;

    public bool IsCached => _digest is { } digest && cache.Find(KeyOf(digest)) is not null;

    /// <summary>The digest of the image that was acquired; <c>null</c> before.</summary>
    public string? Digest => _digest;

    public async Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation)
    {
        try
        {
            var skopeo = new Skopeo(Place);
            if (Place is not { Digest: not null, Reference.TakesDigest: true })
            {
                var (digest, failure) = await skopeo.DigestAsync(cancellation).ConfigureAwait(false);
                if (failure is not null)
                {
                    return failure;
                }
                if (Place.Digest is { } pinned && pinned != digest)
                {
                    return new ImageResult.Unavailable($"{Place.Reference.Text} fails verification: its digest is "
                        + $"{digest}, the lock pins {pinned}");
                }
                _digest = digest;
            }
            using var entry = await cache.OpenAsync(KeyOf(_digest!), cancellation).ConfigureAwait(false);
            return await cache.FindVerifiedAsync(KeyOf(_digest!), cancellation).ConfigureAwait(false) is { } image
                ? new ImageResult.Available(image, FromCache: true)
                : await FillAsync(skopeo, entry, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImageResult.Failed($"{Place.Reference.Text}: {e.Message}", e is IOException);
        }
        catch (CommandException e)
        {
            return new ImageResult.Failed(e.Message);
        }
    }

    /// <inheritdoc/>
    public Task<KernelFiles> FilesAsync(IReadOnlyList<string> modules, CancellationToken cancellation)
    {
        var configuration = _digest is { } digest && cache.Find(KeyOf(digest)) is { } image
            ? image.Beside(PackagedFiles.ConfigurationName) : null;
        return Task.FromResult(new KernelFiles("the image of containers, of which only the kernel is taken")
        {
            Configuration = File.Exists(configuration) ? configuration : null,
        });
    }

    private async Task<ImageResult> FillAsync(Skopeo skopeo, ImageCacheEntry entry, CancellationToken cancellation)
    {
        var directory = entry.PathOf("layers");
        if (await skopeo.CopyAsync(_digest!, directory, cancellation).ConfigureAwait(false) is { } failure)
        {
            return failure;
        }
        var image = entry.PathOf(ImageCacheEntry.ImageName);
        var (path, problem) = await ExtractAsync(directory, image, entry, cancellation).ConfigureAwait(false);
        problem ??= MachineList.ImageProblem(image, Place.Arch);
        if (problem is not null)
        {
            return new ImageResult.Unavailable($"{Place.Reference.Text}: {problem}");
        }
        Files.Remove(directory);
        var origin = new ImageOrigin(Place.Reference.Text, _digest!, KeyOf(_digest!), path!);
        return new ImageResult.Available(
            await entry.CommitAsync(origin, cancellation).ConfigureAwait(false), FromCache: false);
    }

    private async Task<(string? Path, string? Problem)> ExtractAsync(
        string directory, string image, ImageCacheEntry entry, CancellationToken cancellation)
    {
        try
        {
            return await OciLayers.ExtractAsync(OciLayers.Of(directory), Place.Path, image,
                entry.PathOf(PackagedFiles.ConfigurationName), cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            return (null, e.Message);
        }
    }

    private string KeyOf(string digest) =>
        Hashes.Sha256OfText(string.Join('\n', "oci", digest, Place.Arch, Place.Path?.Pattern));
}
