namespace Harness.Kernels.Git;

/// <summary>Commits of one repository in a matrix.</summary>
/// <param name="Repository">Its directory, absolute.</param>
/// <param name="Revisions">What git takes as a revision, each with its place and the kernel's id.</param>
public sealed record GitEntry(string At, string Repository, IReadOnlyList<GitRevision> Revisions, BuildSettings Build)
    : KernelEntry(At)
{
    public override IEnumerable<(string At, string Id)> Named =>
        Revisions.Select(revision => (revision.At, revision.Id));
}
