using Harness.Results;

namespace Harness.Matrix;

/// <summary>
/// What is expected of cases on some kernels (<see cref="Status"/>), of the kernels (<see cref="KernelStatus"/>), or of
/// what they complain of (<see cref="Complaints"/>).
/// </summary>
/// <param name="At">Where it stands, as <c>file:line:column</c>.</param>
/// <param name="Cause">Why, in words; empty when only a source is given.</param>
public sealed record Expectation(
    string At,
    IReadOnlyList<Glob> Cases,
    IReadOnlyList<Glob> Kernels,
    VersionCondition? Versions,
    CaseStatus? Status,
    KernelStatus? KernelStatus,
    string? Step,
    string? Errno,
    string? Cause,
    string? Source,
    string? Workaround)
{
    /// <summary>What the kernels are foreseen to complain of; empty for an entry about something else.</summary>
    public IReadOnlyList<Glob> Complaints { get; init; } = [];

    /// <summary>
    /// The versions that the entry does not concern, nor a kernel of which no version is known; <c>null</c> for none.
    /// </summary>
    public VersionCondition? ButOn { get; init; }

    /// <summary>The entry foresees that the cases pass, too.</summary>
    public bool MayPass { get; init; }

    /// <summary>What else the entry foresees.</summary>
    public IReadOnlyList<CaseStatus> AlsoForeseen { get; init; } = [];

    /// <summary>The lines that the entry is about; <c>null</c> where it does not say.</summary>
    public Glob? Line { get; init; }

    /// <param name="line">The kernel's; <c>null</c> for upstream's.</param>
    public bool Concerns(string kernelId, KernelVersion? version, string? line) =>
        (Kernels.Count == 0 || Kernels.Any(g => g.Matches(kernelId))) && (Versions is null || Versions.Allows(version))
        && (ButOn is null || (version is not null && !ButOn.Allows(version)))
        && (Line is null ? !IsOfUpstreamVersions || KernelLines.FollowsUpstream(line)
            : Line.Matches(KernelLines.NameOf(line)));

    /// <summary>
    /// The entry goes by versions and names neither kernels nor a line: a version says what upstream's code is, and
    /// nothing of a line with changes of its own.
    /// </summary>
    public bool IsOfUpstreamVersions => Versions is not null && Kernels.Count == 0 && Line is null;

    public bool Concerns(string caseId) => Status is not null && Cases.Any(g => g.Matches(caseId));

    /// <summary>
    /// Whether the entry foresees a status. A case that is foreseen to be flaky may pass or fail in a single boot: both
    /// are foreseen.
    /// </summary>
    public bool Foresees(CaseStatus status) =>
        status == Status || (MayPass && status == CaseStatus.Pass) || AlsoForeseen.Contains(status)
            || (Status == CaseStatus.Flaky && status is CaseStatus.Pass or CaseStatus.Fail);

    /// <summary>Whether a case's result is what this entry foresees.</summary>
    public bool IsMetBy(CaseStatus status, string? step, string? errno) =>
        Foresees(status) && ((MayPass && status == CaseStatus.Pass)
            || ((Step is null || Step == step) && (Errno is null || Errno == errno)));
}
