namespace Harness.Bisection.Commits;

/// <summary>The commit that changed the verdict.</summary>
/// <param name="Date">When its author wrote it, as ISO 8601.</param>
/// <param name="Diffstat">The output of <c>git diff --stat</c> against its first parent.</param>
public sealed record FoundCommit(
    string Commit, string Subject, string Author, string Date, IReadOnlyList<string> Parents, string Diffstat)
{
    /// <summary><c>null</c> in what earlier versions wrote.</summary>
    public string? Committer { get; init; }

    /// <summary><c>null</c> for a commit with one parent.</summary>
    public FoundMerge? Merge { get; init; }

    /// <summary>When its committer took it, as ISO 8601; <c>null</c> in what earlier versions wrote.</summary>
    public string? CommittedAt { get; init; }
}
