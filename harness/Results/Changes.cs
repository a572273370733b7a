using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>What became of a kernel between two runs.</summary>
public enum KernelChangeKind
{
    /// <summary>Only the newer run has it.</summary>
    Came,

    /// <summary>Only the older run has it.</summary>
    Went,

    /// <summary>It was tested, and no longer could be.</summary>
    NewlyUntestable,

    /// <summary>It could not be tested, and now was.</summary>
    NewlyTestable,

    /// <summary>Tested in neither run, each time for another reason.</summary>
    OtherStatus,
}

/// <summary>What became of a case on a kernel that both runs have.</summary>
public enum CaseChangeKind
{
    /// <summary>It fails, and did not.</summary>
    NewFailure,

    /// <summary>It failed, and passes.</summary>
    Fixed,

    /// <summary>Any other change of status: to or from <c>skip</c>, <c>error</c> and <c>flaky</c>.</summary>
    OtherStatus,

    /// <summary>The same status, with another outcome, at another step or with another errno.</summary>
    OtherError,

    /// <summary>The runs' probers do not want the same of a kernel, so that the statuses cannot be compared.</summary>
    OtherWant,

    /// <summary>Only the newer run asked it.</summary>
    Came,

    /// <summary>Only the older run asked it.</summary>
    Went,
}

/// <summary>One of two runs held against each other.</summary>
public sealed record ComparedRun(string Id, DateTimeOffset StartedAt);

/// <summary>How far a kernel came in one of the runs.</summary>
public sealed record KernelEnd(KernelStatus Status, string? Reason);

/// <summary>A kernel that only one run has, or that one run could test.</summary>
/// <param name="Kernel">Its id.</param>
/// <param name="From">In the older run; <c>null</c> when that one does not have it.</param>
/// <param name="To">In the newer run; <c>null</c> when that one does not have it.</param>
public sealed record KernelChange(KernelChangeKind Change, string Kernel, string? Version, KernelEnd? From, KernelEnd? To);

/// <summary>What a case came to in one of the runs.</summary>
public sealed record CaseEnd(Outcome Want, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno);

/// <summary>A case that changed, in the same way on each of some kernels.</summary>
/// <param name="Kernels">Their ids, in the order of kernels.</param>
/// <param name="From">In the older run; <c>null</c> when that one did not ask it.</param>
/// <param name="To">In the newer run; <c>null</c> when that one did not ask it.</param>
public sealed record CaseChange(CaseChangeKind Change, string Case, IReadOnlyList<string> Kernels, CaseEnd? From, CaseEnd? To);

/// <summary>A rule chose another point release of a series: one kernel went, and this one came in its place.</summary>
/// <param name="Compared">The verdicts held against each other.</param>
/// <param name="Cases">What the one answered otherwise than the other.</param>
public sealed record KernelReplacement(string Went, string Came, int Compared, IReadOnlyList<CaseChange> Cases);

/// <summary>What changed from one run to another; what is measured, not what is expected of it.</summary>
/// <param name="ComparedKernels">Kernels that both runs have.</param>
/// <param name="ComparedVerdicts">Cases that both runs answered, on the kernels that both have.</param>
/// <param name="Notes">How the runs were made differently, in words: no change by itself, and perhaps the reason for one.</param>
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
    /// <summary>A kernel that took another's place counts: the matrix is not what it was.</summary>
    [JsonPropertyOrder(-1)]
    public bool Changed => Kernels.Count + Cases.Count > 0;
}
