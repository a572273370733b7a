using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Kernels.Apt;

/// <summary>The verified indexes in the user's cache, one file for each archive, suite and architecture.</summary>
/// <param name="keyringSha256">
/// Of the keyring that the user names, lower-case hex: what its keys signed is trusted by nobody who does not name it.
/// <c>null</c> for the machine's own.
/// </param>
public sealed class SuiteCache(ImageCache cache, string? keyringSha256 = null)
{
    private const int Format = 1;

    /// <summary>
    /// The directory, made when it is not there. Temporary files belong here too, so that a rename can end them.
    /// </summary>
    public string Directory => System.IO.Directory.CreateDirectory(Path.Combine(cache.Root, "archive")).FullName;

    /// <summary>
    /// What is cached, or <c>null</c>: nothing, or what another version of the harness or a crash left.
    /// </summary>
    public CachedSuite? Load(SuitePlace place, PackageFilter filter)
    {
        try
        {
            using var file = File.OpenRead(PathOf(place, filter));
            return JsonSerializer.Deserialize(file, SuiteJson.Default.CachedSuite) is { Format: Format } cached
                ? cached : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public async Task SaveAsync(
        SuitePlace place, PackageFilter filter, CachedSuite content, CancellationToken cancellation)
    {
        var temporary = Path.Combine(Directory, Path.GetRandomFileName());
        try
        {
            await using (var file = File.Create(temporary))
            {
                await JsonSerializer.SerializeAsync(file, content with { Format = Format },
                    SuiteJson.Default.CachedSuite, cancellation).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, PathOf(place, filter), overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // Two mirrors may differ in what they hold, so they share nothing.
    private string PathOf(SuitePlace place, PackageFilter filter)
    {
        var further = filter.Name is null ? "" : $"\n{place.Component}\n{filter.Name}";
        var key = Hashes.Sha256OfText(place.Archive.AbsoluteUri + keyringSha256 + further)[..12];
        return Path.Combine(cache.Root, "archive", $"{place.Suite}-{place.Architecture}-{key}.json");
    }
}

[JsonSerializable(typeof(CachedSuite))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class SuiteJson : JsonSerializerContext;
