using System.Text.Json.Serialization;
using Harness.Results;

namespace Harness.Runs;

/// <summary>A kernel's row as a run measured it.</summary>
/// <param name="Run">The run's id.</param>
public sealed record KnownKernel(KnownKey Key, string Run, KernelResult Row)
{
    [JsonIgnore]
    public KnownFrom From => new(Run, Row.StartedAt ?? DateTimeOffset.UnixEpoch);

    /// <summary>
    /// Of a row that was booted: when the kernel, restored, last gave the same answers; <c>null</c> when it did not
    /// since.
    /// </summary>
    public DateTimeOffset? RestoredAt { get; init; }

    /// <summary>When a kernel was last measured, in a run that may restore it.</summary>
    [JsonIgnore]
    public KnownFrom LatestFrom => RestoredAt > From.MeasuredAt ? From with { MeasuredAt = RestoredAt.Value } : From;

    /// <summary>
    /// Its consoles and reports, by their paths in a run directory. They are kept beside the row.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>
    /// Whether a later run may take the row over: the kernel came to its end, and each case has a verdict.
    /// </summary>
    public static bool Stands(KernelResult row) => row.Status == KernelStatus.Tested
        && row.Cases.All(c => c.Status is CaseStatus.Pass or CaseStatus.Fail or CaseStatus.Skip);
}
