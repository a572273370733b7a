namespace Harness.Bisection.Commits;

/// <summary>What a step was for.</summary>
public enum CommitStepKind
{
    /// <summary>The good and the bad end, before anything else.</summary>
    End,

    Search,

    /// <summary>The culprit's parent, built from nothing, and the culprit on top of it; both booted anew.</summary>
    Confirmation,
}
