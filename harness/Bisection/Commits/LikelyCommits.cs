using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// Which commits a bisection may ask for after the one that is being measured. Git's own bisection takes the same ones
/// where nothing is skipped (git-rev-list(1), <c>--bisect</c>); a guess that is wrong costs a build and no more.
/// </summary>
/// <param name="worktree">The one in which git bisects.</param>
internal sealed class LikelyCommits(GitRepository repository, GitRepository worktree, CommitQuestion question)
{
    private const string Refs = "refs/bisect/";

    /// <summary>Those that are asked for first between two ends, before git has begun.</summary>
    /// <param name="most">How many.</param>
    public Task<IReadOnlyList<string>> BetweenAsync(
        IEnumerable<string> older, string newer, int most, CancellationToken cancellation) =>
        FindAsync([new Range([.. older], newer)], new HashSet<string>(), most, cancellation);

    /// <summary>Those that are asked for when a commit is found to be older or newer than the change.</summary>
    /// <param name="commit">What git has asked for.</param>
    public async Task<IReadOnlyList<string>> AfterAsync(string commit, int most, CancellationToken cancellation)
    {
        var refs = await worktree.AskAsync(cancellation, "for-each-ref", "--format=%(refname) %(objectname)", Refs)
            .ConfigureAwait(false);
        var marks = refs.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[Refs.Length..].Split(' '))
            .ToLookup(words => words[0].Split('-')[0], words => words[1]);
        return marks[GitBisect.Newer].FirstOrDefault() is not { } newer
            ? []
            : await FindAsync(
                [new Range([.. marks[GitBisect.Older], commit], newer), new Range([.. marks[GitBisect.Older]], commit)],
                marks[GitBisect.Skip].ToHashSet(), most, cancellation).ConfigureAwait(false);
    }

    /// <summary>The middles of ranges, then those of what these leave.</summary>
    private async Task<IReadOnlyList<string>> FindAsync(
        IEnumerable<Range> ranges, HashSet<string> skipped, int most, CancellationToken cancellation)
    {
        var found = new List<string>();
        var left = new Queue<Range>(ranges);
        while (found.Count < most && left.TryDequeue(out var range))
        {
            if (await MiddleAsync(range, cancellation).ConfigureAwait(false) is { } middle && !skipped.Contains(middle))
            {
                found.Add(middle);
                left.Enqueue(range with { Older = [.. range.Older, middle] });
                left.Enqueue(range with { Newer = middle });
            }
        }
        return [.. found.Distinct()];
    }

    /// <returns><c>null</c> where nothing is left to ask.</returns>
    private async Task<string?> MiddleAsync(Range range, CancellationToken cancellation)
    {
        IReadOnlyList<string> parents = question.FirstParent ? ["--first-parent"] : [];
        var said = await repository.TryAsync(cancellation,
            [
                "rev-list", "--bisect", .. parents, range.Newer, .. range.Older.Select(id => $"^{id}"), "--",
                .. question.Paths,
            ]).ConfigureAwait(false);
        var middle = said.StandardOutput.Trim();
        return said.IsSuccess && middle.Length > 0 && middle != range.Newer ? middle : null;
    }

    private sealed record Range(IReadOnlyList<string> Older, string Newer);
}
