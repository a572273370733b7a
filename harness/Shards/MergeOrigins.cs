using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Results;

namespace Harness.Shards;

/// <summary>The text of <c>merged.json</c>: which run each kernel of a joined run is of.</summary>
/// <param name="Runs">The runs, in the order of their shares.</param>
/// <param name="Missing">Kernels of the matrix that none of them tested.</param>
/// <param name="Conflicts">What they disagree on, a sentence each.</param>
internal sealed record MergeOrigins(
    IReadOnlyList<MergeOrigin> Runs, IReadOnlyList<string> Missing, IReadOnlyList<string> Conflicts)
{
    public static MergeOrigins Of(MergedRun merged) => new(
        [.. merged.Runs.Select(run => MergeOrigin.Of(run, merged))], [.. merged.Missing.Select(k => k.Id)],
        merged.Conflicts);

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) =>
        Files.Replace(path, JsonSerializer.Serialize(this, MergeJson.Default.MergeOrigins) + "\n");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(MergeOrigins))]
internal sealed partial class MergeJson : JsonSerializerContext;
