using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>The steps of a bisection over commits: what was measured counts, and nothing is measured twice.</summary>
/// <param name="skipped">Ids of commits that are known to tell nothing.</param>
/// <param name="retry">Commits in the journal that gave no verdict are tried again.</param>
internal sealed class CommitSteps(
    GitRepository repository, CommitMeasurer measurer, CommitJournal journal, IReadOnlyList<string> skipped, bool retry)
{
    /// <summary>The last step of an earlier bisection; steps up to it without a verdict are tried again.</summary>
    private readonly int _lastEarlierStep = retry ? journal.Steps.Count : 0;

    private IEnumerable<CommitStep> Counted =>
        journal.Steps.Where(s => s.Verdict is not null || s.Step > _lastEarlierStep);

    /// <param name="left">
    /// How many steps are left after this one, as git reckons; <c>null</c> outside the search.
    /// </param>
    /// <param name="onTopOf">The parent on whose build a culprit is built to confirm it.</param>
    /// <param name="next">Finds so many commits that may be asked for next; <c>null</c> where none may.</param>
    /// <exception cref="BisectionAbortedException">A failure on this side.</exception>
    public async Task<CommitStep> MeasureAsync(
        CommitStepKind kind, Commit commit, int? left, CancellationToken cancellation, Commit? onTopOf = null,
        Func<int, Task<IReadOnlyList<string>>>? next = null)
    {
        if (Known(kind, commit.Id) is { } known)
        {
            return known;
        }
        var ahead = next is null ? [] : await AheadAsync(next, cancellation).ConfigureAwait(false);
        return await measurer.NextAsync(journal, kind, commit, Counted, cancellation, onTopOf, left, Eta(left), ahead)
            .ConfigureAwait(false);
    }

    /// <summary>Those that may be asked for next, and were not measured yet.</summary>
    private async Task<IReadOnlyList<Commit>> AheadAsync(
        Func<int, Task<IReadOnlyList<string>>> next, CancellationToken cancellation)
    {
        var commits = new List<Commit>();
        foreach (var id in measurer.Ahead is { } ahead ? await next(ahead.Count).ConfigureAwait(false) : [])
        {
            if (Known(CommitStepKind.Search, id) is null && !skipped.Contains(id))
            {
                commits.Add(await repository.CommitAsync(id, cancellation).ConfigureAwait(false));
            }
        }
        return commits;
    }

    /// <summary>
    /// What this bisection measured before it was killed. When it had ended without a culprit, the commits that gave no
    /// verdict are tried again: what was wrong with them may have been mended.
    /// </summary>
    private CommitStep? Known(CommitStepKind kind, string commit) => Counted.LastOrDefault(s => s.Commit == commit
        && (kind == CommitStepKind.Confirmation) == (s.Kind == CommitStepKind.Confirmation));

    private TimeSpan? Eta(int? left)
    {
        // Medians, and of boots only those that came to a verdict: one hang or merge window says nothing of the rest.
        var own = journal.Steps.Where(s => s.Kind == CommitStepKind.Search && !s.Remembered).ToList();
        var build = Median(own.Select(s => s.BuildSeconds));
        var boot = Median(own.Where(s => s.Verdict is not null).Select(s => s.Seconds));
        return left is { } steps && own.Count > 0 ? TimeSpan.FromSeconds((build + boot) * (steps + 1)) : null;
    }

    private static double Median(IEnumerable<double> seconds) =>
        seconds.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : 0;
}
