using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>Compares a merge with what git makes of its parents by itself.</summary>
/// <param name="scratch">A directory for the objects of git's own merge; the repository gets none.</param>
internal sealed class MergeInspector(GitRepository repository, CommitQuestion question, string scratch)
{
    /// <returns><c>null</c> for a commit that is no merge.</returns>
    public async Task<FoundMerge?> OfAsync(Commit commit, CancellationToken cancellation)
    {
        if (commit.Parents.Count < 2)
        {
            return null;
        }
        var parents = new List<NamedCommit>();
        foreach (var parent in commit.Parents)
        {
            var read = await repository.CommitAsync(parent, cancellation).ConfigureAwait(false);
            parents.Add(new NamedCommit(read.Id, read.Subject));
        }
        var (kind, files) = question.FirstParent
            ? (MergeKind.Unseen, [])
            : await CompareAsync(commit, cancellation).ConfigureAwait(false);
        return new FoundMerge(kind, parents, files, GoOn(kind, commit));
    }

    private async Task<(MergeKind Kind, IReadOnlyList<string> Files)> CompareAsync(
        Commit merge, CancellationToken cancellation)
    {
        if (merge.Parents.Count > 2)
        {
            // Git makes no merge of more than two by itself: what differs from every parent is the merge's own.
            var combined = await repository.AskAsync(
                cancellation, "diff-tree", "--no-commit-id", "-r", "-c", "--name-only", "-z", merge.Id)
                .ConfigureAwait(false);
            return Of(combined, MergeKind.Evil);
        }
        Directory.CreateDirectory(scratch);
        var elsewhere = new Dictionary<string, string?>
        {
            ["GIT_OBJECT_DIRECTORY"] = scratch,
            ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] =
                await repository.ObjectsAsync(cancellation).ConfigureAwait(false),
        };
        var made = await repository.TryAsync(
            elsewhere, cancellation, "merge-tree", "--write-tree", "--no-messages", "--name-only", "-z",
            merge.Parents[0], merge.Parents[1]).ConfigureAwait(false);
        var told = made.StandardOutput.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        if (made.ExitCode is not (0 or 1) || told.Length == 0)
        {
            return (MergeKind.Clean, []); // Older gits (before 2.38) cannot tell.
        }
        if (made.ExitCode == 1)
        {
            return (MergeKind.Conflict, [.. told.Skip(1)]);
        }
        var differs = await repository.TryAsync(
            elsewhere, cancellation, "diff-tree", "-r", "--name-only", "-z", told[0], merge.Tree)
            .ConfigureAwait(false);
        return Of(differs.StandardOutput, MergeKind.Evil);
    }

    private static (MergeKind Kind, IReadOnlyList<string> Files) Of(string names, MergeKind kind) =>
        names.Split('\0', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } files
            ? (kind, files)
            : (MergeKind.Clean, []);

    private string GoOn(MergeKind kind, Commit merge)
    {
        var (git, first, second) = ($"git -C {repository.Directory}", merge.Parents[0][..12], merge.Parents[1][..12]);
        var bisect = $"scripts/harness bisect --git {repository.Directory} --case {question.Case}";
        return kind switch
        {
            MergeKind.Unseen => $"{bisect} --good {first} --bad {second}",
            MergeKind.Clean when merge.Parents.Count == 2 =>
                $"{git} branch inside {second} && {git} rebase {first} inside\n{bisect} --good {first} --bad inside",
            _ when merge.Parents.Count == 2 => $"{git} show --remerge-diff {merge.Short}",
            _ => $"{git} show --cc {merge.Short}",
        };
    }
}
