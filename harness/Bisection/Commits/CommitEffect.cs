namespace Harness.Bisection.Commits;

/// <summary>What a commit did, in the eyes of the one who named the ends.</summary>
public enum CommitEffect
{
    /// <summary>The bad end has the commit, and the good end has not.</summary>
    Regression,

    /// <summary>The good end has the commit, and the bad end has not.</summary>
    Fix,
}
