using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>A case's verdicts over the versions of one architecture and one line that were measured.</summary>
public sealed record CaseRange(
    string Case, string Arch, [property: JsonPropertyOrder(1)] IReadOnlyList<Segment> Segments)
{
    /// <summary>The kernels' line; left out where they have none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }

    /// <summary>The kernels that were measured.</summary>
    [JsonIgnore]
    public Lineage Lineage => new(Arch, Line);
}
