namespace Harness.Kernels.Git;

/// <summary>
/// The files of one commit, in a directory of their own. The user's repository is only read: the index belongs to this
/// directory, and no ref, HEAD or list of worktrees in the repository changes.
/// </summary>
/// <param name="directory">What is in it is replaced by the commit's files.</param>
/// <param name="lockFile">Held while files are written.</param>
public sealed class GitFiles(GitRepository repository, string directory, string lockFile)
{
    private string Index => directory + ".index";

    /// <summary>Files that stay the same keep their times, so that a build is incremental.</summary>
    public async Task CheckoutAsync(Commit commit, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        File.Delete(Index + ".lock"); // A killed git leaves it; no other git works here.
        await AskAsync(cancellation, "read-tree", "--reset", "-u", commit.Tree).ConfigureAwait(false);
        await AskAsync(cancellation, "clean", "-ffdxq").ConfigureAwait(false);
    }

    private Task<string> AskAsync(CancellationToken cancellation, params IEnumerable<string> arguments) =>
        repository.AskAsync(
            lockFile,
            new Dictionary<string, string?> { ["GIT_WORK_TREE"] = directory, ["GIT_INDEX_FILE"] = Index },
            cancellation,
            ["-c", "core.sparseCheckout=false", .. arguments]);
}
