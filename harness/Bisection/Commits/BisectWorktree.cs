using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// A worktree for the bisection alone, outside the user's, whose tree, index, HEAD and branches are never touched. It has
/// git's notes of the bisection and no files: those are checked out where a commit is built.
/// </summary>
/// <param name="path">Where; its last part is its name in the repository.</param>
public sealed class BisectWorktree(GitRepository repository, string path)
{
    public GitRepository Git { get; } = new(path);

    /// <summary>Makes it, or takes what an earlier, killed bisection left.</summary>
    public async Task EnsureAsync(string commit, CancellationToken cancellation)
    {
        if (Directory.Exists(path) && await GitDirectoryAsync(cancellation).ConfigureAwait(false) is { } own)
        {
            // A killed git leaves these behind, and nobody else works here.
            foreach (var stale in Directory.EnumerateFiles(own, "*.lock", SearchOption.TopDirectoryOnly))
            {
                File.Delete(stale);
            }
            return;
        }
        Files.Remove(path);
        // Forced twice: a git killed while it made the worktree leaves it locked.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await repository.AskAsync(cancellation, "worktree", "add", "--quiet", "--force", "--force", "--detach", "--no-checkout", path, commit).ConfigureAwait(false);
    }

    public async Task RemoveAsync(CancellationToken cancellation)
    {
        await repository.TryAsync(cancellation, "worktree", "remove", "--force", "--force", path).ConfigureAwait(false);
        Files.Remove(path);
    }

    private async Task<string?> GitDirectoryAsync(CancellationToken cancellation)
    {
        var answer = await Git.TryAsync(cancellation, "rev-parse", "--absolute-git-dir", "--show-toplevel").ConfigureAwait(false);
        return answer.IsSuccess && answer.StandardOutput.Split('\n') is [var own, var top, ..] && Path.GetFileName(top) == Path.GetFileName(path) ? own : null;
    }
}
