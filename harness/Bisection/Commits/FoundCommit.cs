namespace Harness.Bisection.Commits;

/// <summary>The commit that changed the verdict.</summary>
/// <param name="Diffstat">The output of <c>git diff --stat</c> against its first parent.</param>
public sealed record FoundCommit(
    string Commit, string Subject, string Author, string Date, IReadOnlyList<string> Parents, string Diffstat);
