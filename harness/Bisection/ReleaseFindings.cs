namespace Harness.Bisection;

/// <summary>What was measured, and what follows from it.</summary>
public sealed record ReleaseFindings(ReleaseAnswer Answer, IReadOnlyList<ReleaseStep> Steps)
{
    public IReadOnlyList<ReleaseTransition> Transitions { get; init; } = [];

    public IReadOnlyList<ReleaseTransition> ErrorChanges { get; init; } = [];
}
