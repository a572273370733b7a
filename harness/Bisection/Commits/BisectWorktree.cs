using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// A git worktree that the bisection alone uses. The user's own tree, index, HEAD and branches are never touched. It
/// holds git's notes about the bisection and no files: a commit's files are checked out where it is built.
/// </summary>
/// <param name="path">The worktree's directory; its last part is the worktree's name in the repository.</param>
public sealed class BisectWorktree(GitRepository repository, string path)
{
    public GitRepository Git { get; } = new(path);

    /// <summary>Makes the worktree, or takes over the one that a killed bisection left.</summary>
    public async Task EnsureAsync(string commit, CancellationToken cancellation)
    {
        if (Directory.Exists(path) && await GitDirectoryAsync(cancellation).ConfigureAwait(false) is { } own)
        {
            // Locks that a killed git left; no other process uses this worktree.
            foreach (var stale in Directory.EnumerateFiles(own, "*.lock", SearchOption.TopDirectoryOnly))
            {
                File.Delete(stale);
            }
            return;
        }
        Files.Remove(path);
        // --force twice: a git that was killed while it made the worktree leaves it locked.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await repository.AskAsync(cancellation, "worktree", "add", "--quiet", "--force", "--force", "--detach",
            "--no-checkout", path, commit).ConfigureAwait(false);
    }

    public async Task RemoveAsync(CancellationToken cancellation)
    {
        await repository.TryAsync(cancellation, "worktree", "remove", "--force", "--force", path).ConfigureAwait(false);
        Files.Remove(path);
    }

    private async Task<string?> GitDirectoryAsync(CancellationToken cancellation)
    {
        var answer = await Git.TryAsync(cancellation, "rev-parse", "--absolute-git-dir", "--show-toplevel")
            .ConfigureAwait(false);
        return answer.IsSuccess && answer.StandardOutput.Split('\n') is [var own, var top, ..]
            && Path.GetFileName(top) == Path.GetFileName(path) ? own : null;
    }
}
