using System.Text.Json;
using Harness.Cache;

namespace Harness.Kernels;

/// <summary>
/// The user's cache: verified images by the hash of what they came from, and the archive's indexes. Any number of
/// harness processes may share it.
/// </summary>
/// <param name="root">Its directory, made when first needed.</param>
public sealed class ImageCache(string root)
{
    public string Root { get; } = root;

    /// <summary>
    /// The XDG base directory specification's place: <c>${XDG_CACHE_HOME:-~/.cache}/kernel-harness</c>.
    /// </summary>
    public static string DefaultRoot()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        // The specification: a relative path is invalid and to be ignored.
        if (!Path.IsPathRooted(cache))
        {
            // A home that is not there stays one. .NET would give none, and the current directory would get a cache.
            cache = Path.Combine(Environment.GetFolderPath(
                Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache");
        }
        return Files.FullPath(Path.Combine(cache, "kernel-harness"));
    }

    /// <summary>The image of an entry when it is there in its full size: quick, for listings.</summary>
    /// <param name="key">The SHA256 of what the image came from, lower-case hex.</param>
    public BootImage? Find(string key)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(DirectoryOf(key), ImageCacheEntry.DescriptionName));
            var description = JsonSerializer.Deserialize(file, ImageJson.Default.ImageDescription);
            var image = new FileInfo(Path.Combine(DirectoryOf(key), ImageCacheEntry.ImageName));
            return description is not null && image.Exists && image.Length == description.Size
                ? new BootImage(image.FullName, description.Sha256)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// The image of an entry when it is still what was verified; <c>null</c> when it is missing or damaged.
    /// </summary>
    public async Task<BootImage?> FindVerifiedAsync(string key, CancellationToken cancellation)
    {
        if (Find(key) is not { } image)
        {
            return null;
        }
        try
        {
            if (await Hashes.Sha256OfFileAsync(image.Path, cancellation).ConfigureAwait(false) != image.Sha256)
            {
                return null;
            }
            CachePruning.Used(Path.Combine(DirectoryOf(key), ImageCacheEntry.DescriptionName));
            return image;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // another process is replacing it
        }
    }

    /// <summary>
    /// Opens an entry to fill it, when no other process is filling it. What is there is only replaced when that
    /// succeeds.
    /// </summary>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task<ImageCacheEntry> OpenAsync(string key, CancellationToken cancellation) =>
        new(DirectoryOf(key), await CacheLock.TakeAsync(Root, key, cancellation).ConfigureAwait(false));

    private string DirectoryOf(string key) => Path.Combine(CacheKind.Images.In(Root), key);
}
