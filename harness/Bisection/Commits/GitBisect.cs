using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Kernels.Git;
using Harness.Processes;

namespace Harness.Bisection.Commits;

/// <summary>
/// Drives <c>git bisect</c> in a worktree of its own, which alone has its refs, its log and its HEAD. Nothing is
/// checked out, so starting again costs nothing: git is given the known verdicts again and takes the same steps.
/// </summary>
public sealed partial class GitBisect(GitRepository tree)
{
    public const string Older = "old";
    public const string Newer = "new";
    public const string Skip = "skip";

    /// <summary>
    /// So many ids are given to one command: the arguments of a program have 2 MiB at most on Linux (execve(2)).
    /// </summary>
    private const int CommitsAtOnce = 10_000;

    /// <param name="older">Commits before the change.</param>
    /// <param name="newer">A commit behind it.</param>
    public async Task<GitBisectState> StartAsync(
        IReadOnlyList<string> older, string newer, bool firstParent, IReadOnlyList<string> paths,
        CancellationToken cancellation)
    {
        // `git bisect start` clears what a killed bisection left. `git bisect reset` would check out a whole kernel.
        IReadOnlyList<string> parents = firstParent ? ["--first-parent"] : [];
        var started = await tree.TryAsync(cancellation,
            [
                "bisect", "start", "--no-checkout", $"--term-old={Older}", $"--term-new={Newer}", .. parents,
                newer, .. older, "--", .. paths,
            ]).ConfigureAwait(false);
        return await ReadAsync(started, cancellation).ConfigureAwait(false);
    }

    /// <param name="term"><see cref="Older"/>, <see cref="Newer"/> or <see cref="Skip"/>.</param>
    public async Task<GitBisectState> MarkAsync(string commit, string term, CancellationToken cancellation)
    {
        var marked = await tree.TryAsync(cancellation, "bisect", term, commit).ConfigureAwait(false);
        var state = await ReadAsync(marked, cancellation).ConfigureAwait(false);
        // Then git did not understand the mark, and the bisection would never end.
        return state is GitBisectState.Test { Commit: var next } && next == commit
            ? new GitBisectState.Impossible($"it asks for {commit} again: {Words(marked)}")
            : state;
    }

    /// <summary>Tells git of commits that tell nothing.</summary>
    /// <param name="commits">At least one; a range of the kernel may have tens of thousands.</param>
    public async Task<GitBisectState> SkipAsync(IEnumerable<string> commits, CancellationToken cancellation)
    {
        GitBisectState? state = null;
        foreach (var some in commits.Chunk(CommitsAtOnce))
        {
            var skipped = await tree.TryAsync(cancellation, ["bisect", Skip, .. some]).ConfigureAwait(false);
            state = await ReadAsync(skipped, cancellation).ConfigureAwait(false);
        }
        return state!;
    }

    /// <summary>What <c>git bisect replay</c> takes.</summary>
    public async Task<string> LogAsync(CancellationToken cancellation) =>
        (await tree.TryAsync(cancellation, "bisect", "log").ConfigureAwait(false)).StandardOutput;

    private async Task<GitBisectState> ReadAsync(FinishedCommand result, CancellationToken cancellation)
    {
        if (FoundIn(result.StandardOutput) is { } found)
        {
            return new GitBisectState.Found(found);
        }
        if (result.StandardOutput.Contains("could be any of:", StringComparison.Ordinal))
        {
            return new GitBisectState.Suspects([.. CommitLines().Matches(result.StandardOutput).Select(m => m.Value)]);
        }
        if (!result.IsSuccess)
        {
            return new GitBisectState.Impossible(Words(result));
        }
        var next = await tree.TryAsync(cancellation, "rev-parse", "--verify", "BISECT_HEAD").ConfigureAwait(false);
        if (!next.IsSuccess)
        {
            return new GitBisectState.Impossible(Words(result));
        }
        var left = StepsLeft().Match(result.StandardOutput) is { Success: true } steps
            ? int.Parse(steps.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : 0;
        return new GitBisectState.Test(next.StandardOutput.Trim(), left);
    }

    private static string Words(FinishedCommand result) =>
        string.Join(' ', (result.StandardOutput + result.StandardError)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));

    /// <summary>The commit that git says it has found; <c>null</c> when it does not say so.</summary>
    internal static string? FoundIn(string output) =>
        FirstNew().Match(output) is { Success: true } found ? found.Groups[1].Value : null;

    // Git 2.55 and later put the term in quotes.
    [GeneratedRegex(@"^([0-9a-f]{40,64}) is the first '?new'? commit",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex FirstNew();

    [GeneratedRegex(@"^[0-9a-f]{40,64}$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex CommitLines();

    [GeneratedRegex(@"roughly (\d+) step", RegexOptions.CultureInvariant)]
    private static partial Regex StepsLeft();
}
