namespace Harness.Kernels.Git;

/// <summary>One commit, as a report shows it.</summary>
/// <param name="AuthoredAt">When the author wrote it, as ISO 8601.</param>
/// <param name="CommittedAt">When the committer took it, as ISO 8601.</param>
public sealed record Commit(
    string Id, string Tree, string Subject, string Author, string AuthoredAt, string Committer, string CommittedAt,
    IReadOnlyList<string> Parents)
{
    private const int ShortLength = 12;

    /// <summary>As the kernel's documentation abbreviates commits.</summary>
    public string Short => Id[..ShortLength];

    /// <summary>The short hash and the subject, as the kernel's documentation names commits.</summary>
    public string Named => $"{Short} (\"{Subject}\")";
}
