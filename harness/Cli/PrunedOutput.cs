using System.Text.Json.Serialization;

namespace Harness.Cli;

/// <summary>What <c>prune --json</c> prints.</summary>
/// <param name="DryRun">Nothing was removed: this is what would be.</param>
/// <param name="Runs">The paths of run directories.</param>
/// <param name="Cache">What nobody used in the cache; <c>null</c> without <c>--cache</c>.</param>
internal sealed record PrunedOutput(
    bool DryRun, IReadOnlyList<string> Runs, IReadOnlyList<PrunedItem>? Cache);

/// <summary>One item of the cache.</summary>
/// <param name="Size">In bytes.</param>
internal sealed record PrunedItem(string Path, long Size);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PrunedOutput))]
internal sealed partial class PruneJson : JsonSerializerContext;
