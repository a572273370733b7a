using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Shards;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlanText))]
[JsonSerializable(typeof(GitHubMatrix))]
internal sealed partial class PlanJson : JsonSerializerContext
{
    private static PlanJson? _indented;

    /// <summary>For people, too.</summary>
    public static PlanJson Indented =>
        _indented ??= new PlanJson(new JsonSerializerOptions(Default.Options) { WriteIndented = true });
}
