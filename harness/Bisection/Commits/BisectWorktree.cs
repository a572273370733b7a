using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// A git worktree that the bisection alone uses. The user's own tree, index, HEAD and branches are never touched. It
/// holds git's notes about the bisection and no files: a commit's files are checked out where it is built.
/// </summary>
/// <param name="path">The worktree's directory; its last part is the worktree's name in the repository.</param>
public sealed class BisectWorktree(GitRepository repository, string path)
{
    /// <summary>
    /// What the names of all these worktrees begin with; git names one after the last part of its path.
    /// </summary>
    public const string NamePrefix = "harness-bisect-";

    public GitRepository Git { get; } = new(path);

    /// <summary>A directory that is removed with the worktree.</summary>
    public string Scratch => path + ".scratch";

    /// <summary>Makes the worktree, or takes over the one that a killed bisection left.</summary>
    public async Task EnsureAsync(string commit, CancellationToken cancellation)
    {
        if (Directory.Exists(path) && await GitDirectoryAsync(cancellation).ConfigureAwait(false) is { } own)
        {
            // Locks that a killed git left, some beside refs; no other process uses this worktree.
            foreach (var stale in Directory.EnumerateFiles(own, "*.lock", SearchOption.AllDirectories))
            {
                File.Delete(stale);
            }
            return;
        }
        Files.Remove(path);
        await ForgetAbandonedAsync(cancellation).ConfigureAwait(false);
        // --force twice: a git that was killed while it made the worktree leaves it locked.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await repository.AskAsync(cancellation, "worktree", "add", "--quiet", "--force", "--force", "--detach",
            "--no-checkout", path, commit).ConfigureAwait(false);
    }

    public async Task RemoveAsync(CancellationToken cancellation)
    {
        await repository.TryAsync(cancellation, "worktree", "remove", "--force", "--force", path).ConfigureAwait(false);
        Files.Remove(path);
        Files.Remove(Scratch);
    }

    /// <summary>
    /// Removes the repository's notes about worktrees of bisections whose directories are gone, as those are that were
    /// tidied away with the cache. Other worktrees are the user's.
    /// </summary>
    private async Task ForgetAbandonedAsync(CancellationToken cancellation)
    {
        const string Prefix = "worktree ";
        var listed = await repository.TryAsync(cancellation, "worktree", "list", "--porcelain", "-z")
            .ConfigureAwait(false);
        var abandoned = listed.StandardOutput.Split('\0')
            .Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).Select(line => line[Prefix.Length..])
            .Where(other => Path.GetFileName(other).StartsWith(NamePrefix, StringComparison.Ordinal)
                && !Directory.Exists(other));
        foreach (var other in abandoned)
        {
            await repository.TryAsync(cancellation, "worktree", "remove", "--force", "--force", other)
                .ConfigureAwait(false);
        }
    }

    private async Task<string?> GitDirectoryAsync(CancellationToken cancellation)
    {
        var answer = await Git.TryAsync(cancellation, "rev-parse", "--absolute-git-dir", "--show-toplevel")
            .ConfigureAwait(false);
        return answer.IsSuccess && answer.StandardOutput.Split('\n') is [var own, var top, ..]
            && Path.GetFileName(top) == Path.GetFileName(path) ? own : null;
    }
}
