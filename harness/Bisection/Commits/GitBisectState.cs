namespace Harness.Bisection.Commits;

/// <summary>What git's own bisection says next.</summary>
public abstract record GitBisectState
{
    private GitBisectState()
    {
    }

    /// <param name="Left">Steps left after this one, as git reckons.</param>
    public sealed record Test(string Commit, int Left) : GitBisectState;

    public sealed record Found(string Commit) : GitBisectState;

    /// <summary>Only commits without a verdict are left: any of these may have changed it.</summary>
    public sealed record Suspects(IReadOnlyList<string> Commits) : GitBisectState;

    /// <summary>The ends have a common ancestor that does not fit either.</summary>
    public sealed record Impossible(string Why) : GitBisectState;
}
