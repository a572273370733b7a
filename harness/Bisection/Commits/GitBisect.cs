using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Kernels.Git;
using Harness.Processes;

namespace Harness.Bisection.Commits;

/// <summary>
/// Git's bisection, in a worktree of its own: its refs, its log and its HEAD belong to that worktree alone. It checks
/// nothing out, so that it can be started anew at no cost: what is known is told again, which gives the same steps.
/// </summary>
public sealed partial class GitBisect(GitRepository tree)
{
    public const string Older = "old";
    public const string Newer = "new";
    public const string Skip = "skip";

    public async Task<GitBisectState> StartAsync(string older, string newer, bool firstParent, IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        // What an earlier, killed bisection left is cleared by git itself. Its reset would check out a whole kernel.
        IEnumerable<string> arguments = ["bisect", "start", "--no-checkout", $"--term-old={Older}", $"--term-new={Newer}"];
        var started = await tree.TryAsync(cancellation, [.. arguments, .. firstParent ? ["--first-parent"] : Array.Empty<string>(), newer, older, "--", .. paths]).ConfigureAwait(false);
        return await ReadAsync(started, cancellation).ConfigureAwait(false);
    }

    /// <param name="term">What the commit is: <see cref="Older"/>, <see cref="Newer"/> or <see cref="Skip"/>.</param>
    public async Task<GitBisectState> MarkAsync(string commit, string term, CancellationToken cancellation)
    {
        var said = await tree.TryAsync(cancellation, "bisect", term, commit).ConfigureAwait(false);
        var state = await ReadAsync(said, cancellation).ConfigureAwait(false);
        // Never asked for by a git whose words are understood; it would go on for ever.
        return state is GitBisectState.Test { Commit: var next } && next == commit ? new GitBisectState.Impossible($"it asks for {commit} again: {Words(said)}") : state;
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
            return new GitBisectState.Candidates([.. Lonely().Matches(result.StandardOutput).Select(m => m.Value)]);
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
        var left = StepsLeft().Match(result.StandardOutput) is { Success: true } steps ? int.Parse(steps.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return new GitBisectState.Test(next.StandardOutput.Trim(), left);
    }

    private static string Words(FinishedCommand result) =>
        string.Join(' ', (result.StandardOutput + result.StandardError).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));

    /// <summary>The commit that git says it has found; <c>null</c> when it does not say so.</summary>
    internal static string? FoundIn(string output) => FirstNew().Match(output) is { Success: true } found ? found.Groups[1].Value : null;

    // Since 2.55 git quotes the term.
    [GeneratedRegex(@"^([0-9a-f]{40,64}) is the first '?new'? commit", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex FirstNew();

    [GeneratedRegex(@"^[0-9a-f]{40,64}$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Lonely();

    [GeneratedRegex(@"roughly (\d+) step", RegexOptions.CultureInvariant)]
    private static partial Regex StepsLeft();
}
