using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>What changed from one run to another; what is measured, not what is expected of it.</summary>
/// <param name="ComparedKernels">Kernels that both runs have.</param>
/// <param name="ComparedVerdicts">Cases that both runs answered, on the kernels that both have.</param>
/// <param name="Notes">
/// How the runs were made differently, in words: no change by itself, and perhaps the reason for one.
/// </param>
public sealed record RunChanges(
    ComparedRun Older,
    ComparedRun Newer,
    int ComparedKernels,
    int ComparedVerdicts,
    IReadOnlyList<string> Notes,
    IReadOnlyList<KernelChange> Kernels,
    IReadOnlyList<KernelReplacement> Replacements,
    IReadOnlyList<CaseChange> Cases)
{
    /// <summary>What kernels that both runs have newly complain of, or no longer do.</summary>
    public IReadOnlyList<ComplaintChange> Complaints { get => field ?? []; init; }

    /// <summary>A kernel that took another's place counts: the matrix is not what it was.</summary>
    [JsonPropertyOrder(-1)]
    public bool Changed => Kernels.Count + Cases.Count + Complaints.Count > 0;
}
