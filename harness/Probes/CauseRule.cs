using Harness.Results;

namespace Harness.Probes;

/// <summary>
/// A cause in words, and the evidence that a result must show for it. <c>null</c> or an empty list matches anything.
/// </summary>
/// <param name="Versions">The versions whose code is known to behave so.</param>
/// <param name="Status">The status of the case.</param>
/// <param name="Steps">The step must be one of these.</param>
/// <param name="Source">Kernel function and version, a commit only where it was looked up.</param>
/// <param name="Workarounds">In order of preference.</param>
public sealed record CauseRule(
    string Id,
    IReadOnlyList<Glob> Cases,
    VersionCondition? Versions,
    CaseStatus Status,
    Outcome? Outcome,
    IReadOnlyList<string> Steps,
    string? Errno,
    Glob? Reason,
    IReadOnlyList<SiblingEvidence> Siblings,
    string Cause,
    string Source,
    IReadOnlyList<Workaround> Workarounds)
{
    /// <summary>What the case's evidence must hold; <c>null</c> for a rule that reads none.</summary>
    public EvidencePattern? Evidence { get; init; }

    /// <summary>The cause in words, with what this case's evidence names in it.</summary>
    public string CauseOf(CaseResult result) => Evidence?.Fill(Cause, result.Evidence) ?? Cause;

    /// <summary>
    /// Whether the rule speaks of kernels of this version; <c>null</c> stands for one that is not known.
    /// </summary>
    public bool Concerns(KernelVersion? version) => Versions is null || Versions.Allows(version);

    /// <summary>Whether the rule speaks of this case, whichever build of the program ran it.</summary>
    public bool Concerns(CaseId id) => Cases.Any(g => g.Matches(id.WithoutLabel));

    /// <summary>
    /// Whether a case that this rule concerns shows what the rule asks for, the case's siblings included.
    /// </summary>
    /// <param name="id">The case's, taken apart.</param>
    /// <param name="sibling">The result of another case of the same kernel, <c>null</c> where it was not asked.</param>
    public bool IsShownBy(CaseResult result, CaseId id, Func<string, CaseResult?> sibling) =>
        result.Status == Status
        && (Outcome is null || Outcome == result.Outcome)
        && (Steps.Count == 0 || (result.Step is { } step && Steps.Contains(step)))
        && (Errno is null || Errno == result.Errno)
        && (Reason is null || (result.Reason is { } reason && Reason.Matches(reason)))
        && (Evidence is null || Evidence.IsIn(result.Evidence))
        && Siblings.All(s => sibling(id.Sibling(s.Question)) is { } other && s.IsGivenBy(other));
}
