using Harness.Results;

namespace Harness.Probes;

/// <summary>
/// What the author of a probe's subject foresees of some cases, where an expectation of the matrix says nothing.
/// </summary>
/// <param name="Cases">The cases.</param>
/// <param name="Status">What they may end with. That they pass is foreseen, too.</param>
/// <param name="Why">In words, for reports.</param>
public sealed record Foresight(Glob Cases, CaseStatus Status, string Why)
{
    /// <summary>What else they may end with, beside a pass.</summary>
    public IReadOnlyList<CaseStatus> AlsoForeseen { get; init; } = [];

    /// <summary>The versions of Linux on which nothing of the kind is foreseen; <c>null</c> for none.</summary>
    public VersionCondition? ButOn { get; init; }
}
