using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Cache;

namespace Harness.Kernels;

/// <summary>
/// An entry of the cache that is being filled, under its lock, in a directory of its own; committing renames that into
/// place, disposing removes what was not committed.
/// </summary>
public sealed class ImageCacheEntry : IDisposable
{
    public const string ImageName = "vmlinuz";
    public static string DescriptionName => CacheKind.Images.Marker!;

    private readonly FileStream _lock;
    private readonly string _directory;
    private readonly string _partial;

    internal ImageCacheEntry(string directory, FileStream held)
    {
        _lock = held;
        _directory = directory;
        _partial = directory + ".partial";
        try
        {
            Files.Remove(_partial); // of a harness that was killed
            Directory.CreateDirectory(_partial);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The path of a file in the entry, not yet in its place.</summary>
    public string PathOf(string name) => Path.Combine(_partial, name);

    /// <summary>
    /// Makes the image that was written as <see cref="ImageName"/> the entry's content, whole or not at all.
    /// </summary>
    public async Task<BootImage> CommitAsync(ImageOrigin origin, CancellationToken cancellation)
    {
        ImageDescription description;
        await using (var image = new FileStream(PathOf(ImageName), FileMode.Open, FileAccess.ReadWrite))
        {
            var sha256 = Convert.ToHexStringLower(
                await SHA256.HashDataAsync(image, cancellation).ConfigureAwait(false));
            description = new ImageDescription(image.Length, sha256, origin);
            image.Flush(flushToDisk: true);
        }
        await using (var file = File.Create(PathOf(DescriptionName)))
        {
            await JsonSerializer.SerializeAsync(file, description, ImageJson.Default.ImageDescription, cancellation)
                .ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
        Files.Remove(_directory);
        Directory.Move(_partial, _directory);
        return new BootImage(Path.Combine(_directory, ImageName), description.Sha256);
    }

    public void Dispose()
    {
        try
        {
            Files.Remove(_partial);
        }
        finally
        {
            _lock.Dispose();
        }
    }
}

[JsonSerializable(typeof(ImageDescription))]
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class ImageJson : JsonSerializerContext;
