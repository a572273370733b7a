using System.Text.Json;
using Harness.Kernels.Packages;

namespace Harness.Kernels.Oci;

/// <summary>The layers of an image that was copied to a directory, lowest first.</summary>
internal static class OciLayers
{
    /// <exception cref="InvalidDataException">Its manifest is damaged, or of another kind.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<string> Of(string directory)
    {
        try
        {
            using var manifest = JsonDocument.Parse(Files.ReadText(Path.Combine(directory, "manifest.json")));
            return
            [
                .. manifest.RootElement.GetProperty("layers").EnumerateArray()
                    .Select(layer => layer.GetProperty("digest").GetString()!.Split(':')[^1])
                    .Select(name => name.All(char.IsAsciiHexDigitLower) ? Path.Combine(directory, name)
                        : throw new InvalidDataException($"a layer has the digest {name}")),
            ];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"the image's manifest names no layers: {e.Message}", e);
        }
    }

    /// <summary>Takes the kernel out of the layers, of which an upper one wins over a lower one.</summary>
    /// <param name="wanted">The image's path; <c>null</c> where there must be only one.</param>
    /// <param name="image">Where the image goes.</param>
    /// <param name="configuration">Where the kernel's options go, if they are there.</param>
    /// <returns>The image's path, or why there is none.</returns>
    /// <exception cref="IOException">A layer cannot be read, or a file cannot be written.</exception>
    public static async Task<(string? Path, string? Problem)> ExtractAsync(
        IReadOnlyList<string> layers, Glob? wanted, string image, string configuration,
        CancellationToken cancellation)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            await PackageContent.ExtractAsync(layer, path =>
            {
                _ = PackageContent.IsImage(path) && wanted?.Matches(path) != false && found.Add(path);
                return null;
            }, cancellation).ConfigureAwait(false);
        }
        // A debugger's vmlinux stands beside the vmlinuz of the same kernel.
        _ = found.RemoveWhere(path => found.Contains(path.Replace("vmlinux", "vmlinuz", StringComparison.Ordinal))
            && path.Contains("vmlinux", StringComparison.Ordinal));
        if (found.Count != 1)
        {
            return (null, found.Count == 0
                ? "there is no kernel image in it: neither below /boot nor /usr/lib/modules nor /data/kernels"
                    + (wanted is null ? "" : $" that {wanted.Pattern} matches")
                : $"it has {string.Join(", ", found)}: choose one of them with path");
        }
        foreach (var layer in layers)
        {
            await PackageContent.ExtractAsync(layer, path => path == found.Min ? image
                : PackageContent.IsConfigurationOf(path, found.Min!) ? configuration : null, cancellation)
                .ConfigureAwait(false);
        }
        return (found.Min, null);
    }
}
