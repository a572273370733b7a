using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>results.json: what every program after the run reads.</summary>
public sealed record RunDocument(
    int SchemaVersion,
    RunInfo Run,
    IReadOnlyList<KernelResult> Kernels,
    IReadOnlyList<CaseRange> Ranges)
{
    public const int CurrentSchemaVersion = 1;

    /// <summary>Every change between adjacent kernels; missing in results of early versions.</summary>
    public IReadOnlyList<Transition> Transitions { get => field ?? []; init; }

    /// <summary>What changed since the run given as <c>--baseline</c>; missing without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunChanges? Baseline { get; init; }

    /// <summary>Which share of the matrix it is; missing in a run of all kernels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShardInfo? Shard { get; init; }
}
