namespace Harness.Bisection.Commits;

/// <summary>A commit by name.</summary>
public sealed record NamedCommit(string Commit, string Subject);
