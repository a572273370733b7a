namespace Harness.Kernels.Git;

/// <summary>
/// The files of one commit, in a directory of their own. They are checked out by a repository of the harness's, which
/// only reads the objects of the user's: so no configuration, attributes, hooks or sparse patterns of a user change
/// what a commit holds, and no ref, HEAD or list of worktrees of the user's repository changes.
/// </summary>
/// <param name="directory">What is in it is replaced by the commit's files.</param>
/// <param name="lockFile">Held while files are written.</param>
public sealed class GitFiles(GitRepository repository, string directory, string lockFile)
{
    private string Index => directory + ".index";

    private string Own => directory + ".git";

    /// <summary>
    /// The files in which a commit differs from the one that is checked out; <c>null</c> when none is.
    /// </summary>
    public async Task<IReadOnlySet<string>?> ChangedAsync(Commit commit, CancellationToken cancellation)
    {
        if (!File.Exists(Index) || !Directory.Exists(Own))
        {
            return null;
        }
        var names = await AskAsync(
            cancellation, "diff-index", "--cached", "--name-only", "--no-renames", "-z", commit.Tree)
            .ConfigureAwait(false);
        return names.Split('\0', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Files that stay the same keep their times, so that a build is incremental.</summary>
    public async Task CheckoutAsync(Commit commit, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        File.Delete(Index + ".lock"); // A killed git leaves it; no other git works here.
        if (!Directory.Exists(Own))
        {
            File.Delete(Index); // Whoever wrote these files may have heeded the user's configuration.
        }
        await repository.InitLikeAsync(Own, cancellation).ConfigureAwait(false);
        await repository.FetchFilesAsync(commit, cancellation).ConfigureAwait(false);
        await AskAsync(cancellation, "read-tree", "--reset", "-u", commit.Tree).ConfigureAwait(false);
        await AskAsync(cancellation, "clean", "-ffdxq").ConfigureAwait(false);
    }

    private async Task<string> AskAsync(CancellationToken cancellation, params IEnumerable<string> arguments)
    {
        var objects = await repository.ObjectsAsync(cancellation).ConfigureAwait(false);
        return await new GitRepository(directory).AskAsync(
            lockFile,
            new Dictionary<string, string?>
            {
                ["GIT_DIR"] = Own,
                ["GIT_OBJECT_DIRECTORY"] = objects,
                [AlternateObjects.Variable] = AlternateObjects.Of(repository.FurtherObjects),
                ["GIT_WORK_TREE"] = directory,
                ["GIT_INDEX_FILE"] = Index,
            },
            cancellation,
            arguments).ConfigureAwait(false);
    }
}
