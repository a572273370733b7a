namespace Harness.Bisection.Commits;

/// <summary>What a step was for.</summary>
public enum CommitStepKind
{
    /// <summary>The good or the bad end; these are measured first.</summary>
    End,

    Search,

    /// <summary>The culprit or its parent, built and booted again to confirm the answer.</summary>
    Confirmation,

    /// <summary>The end that has the culprit, without it.</summary>
    Revert,
}
