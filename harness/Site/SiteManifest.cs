using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Site;

/// <summary>Lists the files of a directory that the harness wrote. Other files belong to others, and stay.</summary>
/// <param name="Files">Relative, with slashes, sorted.</param>
internal sealed record SiteManifest(int SiteVersion, IReadOnlyList<string> Files)
{
    public const string Name = ".harness-site.json";

    private const int CurrentVersion = 1;

    public static SiteManifest Of(IEnumerable<string> files) =>
        new(CurrentVersion, [.. files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>Reads the manifest of a site; it is empty for a new or an empty directory.</summary>
    /// <exception cref="SiteException">The directory holds something else, or the manifest is damaged.</exception>
    public static SiteManifest Read(string directory)
    {
        if (File.Exists(directory))
        {
            throw new SiteException($"--out: {directory} is a file; give a directory");
        }
        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            return !Directory.Exists(directory)
                || Directory.EnumerateFileSystemEntries(directory).All(SiteScratch.IsOne)
                ? Of([])
                : throw new SiteException($"--out: {directory} is not empty, and not a site that was published "
                    + "before; give an empty or a new directory");
        }
        if (Harness.Files.IsSpecial(path))
        {
            throw new SiteException($"{path}: is no regular file");
        }
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), SiteJson.Default.SiteManifest);
            return manifest is { SiteVersion: CurrentVersion } && manifest.Files.All(IsInside)
                ? manifest
                : throw new SiteException(
                    $"{path}: is of another version, or names files outside of the site; publish into a new directory");
        }
        catch (JsonException e)
        {
            throw new SiteException($"{path}:{e.LineNumber + 1}: is damaged; publish into a new directory");
        }
    }

    public byte[] ToBytes() =>
        [.. JsonSerializer.SerializeToUtf8Bytes(this, SiteJson.Default.SiteManifest), (byte)'\n'];

    /// <summary>The listed files may be removed, so none of them may lie outside of the site.</summary>
    private static bool IsInside(string? file) =>
        file is { Length: > 0 } && !file.Contains('\0', StringComparison.Ordinal)
            && file.Split('/').All(part => part is not ("" or "." or ".."));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SiteManifest))]
internal sealed partial class SiteJson : JsonSerializerContext;
