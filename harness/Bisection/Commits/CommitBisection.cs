using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// Over commits: verifies both ends, lets git choose what to build next, steps around what does not build, boot or
/// answer, and confirms the culprit and its parent anew. Every step is in the journal before the next begins.
/// </summary>
/// <param name="lacked">The journal's bisection has ended for want of commits that tell something.</param>
public sealed class CommitBisection(
    CommitQuestion question, GitRepository repository, BisectWorktree worktree, CommitMeasurer measurer, CommitJournal journal, string directory, Action<BisectEvent> tell, bool lacked = false)
{
    public const string LogName = "git-bisect.log";

    /// <summary>Of the steps up to this one, those that told nothing are not taken for known.</summary>
    private readonly int _triedAgain = lacked ? journal.Steps.Count : 0;

    private Commit _older = question.Good;
    private Commit _newer = question.Bad;

    /// <summary>Interrupted, it says so and keeps what was measured.</summary>
    /// <exception cref="BisectionAbortedException">Our side failed; the same command goes on.</exception>
    public async Task<CommitAnswer> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await AnswerAsync(cancellation).ConfigureAwait(false);
            if (answer.IsFinal)
            {
                await worktree.RemoveAsync(cancellation).ConfigureAwait(false);
            }
            return answer;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Answer(BisectResult.Interrupted, $"interrupted after {journal.Steps.Count} steps; the same command goes on, and repeats none of them");
        }
    }

    private async Task<CommitAnswer> AnswerAsync(CancellationToken cancellation)
    {
        if (await repository.IsAncestorAsync(question.Bad.Id, question.Good.Id, cancellation).ConfigureAwait(false))
        {
            (_older, _newer) = (question.Bad, question.Good);
        }
        await worktree.EnsureAsync(_older.Id, cancellation).ConfigureAwait(false);
        var older = await MeasureAsync(CommitStepKind.End, _older, null, cancellation).ConfigureAwait(false);
        var newer = await MeasureAsync(CommitStepKind.End, _newer, null, cancellation).ConfigureAwait(false);
        if (older.Verdict is null || newer.Verdict is null)
        {
            var problems = new[] { (End: _older, Step: older), (End: _newer, Step: newer) }.Where(e => e.Step.Verdict is null).Select(e => $"{Words(e.End)} cannot be tested ({e.Step.Problem})").ToList();
            return Answer(BisectResult.EndUntestable, string.Join("; ", problems) + (problems.Count == 1 ? "; give another end" : "; neither end tells anything"), older, newer);
        }
        if (older.Verdict == newer.Verdict)
        {
            return Answer(BisectResult.EndsAgree, $"the ends agree on {question.Case}: {Words(_older)} and {Words(_newer)} both say {older.Verdict}", older, newer);
        }
        var state = await SearchAsync(older, newer, cancellation).ConfigureAwait(false);
        if (state is GitBisectState.Impossible && !await repository.IsAncestorAsync(_older.Id, _newer.Id, cancellation).ConfigureAwait(false))
        {
            // Two branches, and where they part it is as at the newer end: the change is on the way to the other one.
            (_older, _newer, older, newer) = (_newer, _older, newer, older);
            state = await SearchAsync(older, newer, cancellation).ConfigureAwait(false);
        }
        return state switch
        {
            GitBisectState.Found found => await ConfirmAsync(found.Commit, older, newer, cancellation).ConfigureAwait(false),
            GitBisectState.Candidates candidates => await RangeAsync(candidates.Commits, older, newer, cancellation).ConfigureAwait(false),
            GitBisectState.Impossible { Why: var why } => Answer(BisectResult.Range, $"git cannot go on: {why}", older, newer),
            _ => throw new InvalidOperationException($"{state} is not known"),
        };
    }

    /// <summary>Git's last word.</summary>
    private async Task<GitBisectState> SearchAsync(CommitStep older, CommitStep newer, CancellationToken cancellation)
    {
        var git = new GitBisect(worktree.Git);
        var state = await git.StartAsync(_older.Id, _newer.Id, question.FirstParent, question.Paths, cancellation).ConfigureAwait(false);
        while (true)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, LogName), await git.LogAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            if (state is not GitBisectState.Test test)
            {
                return state;
            }
            var commit = await repository.CommitAsync(test.Commit, cancellation).ConfigureAwait(false);
            var step = await MeasureAsync(CommitStepKind.Search, commit, test.Left, cancellation).ConfigureAwait(false);
            var term = step.Verdict == older.Verdict ? GitBisect.Older : step.Verdict == newer.Verdict ? GitBisect.Newer : GitBisect.Skip;
            state = await git.MarkAsync(commit.Id, term, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<CommitAnswer> ConfirmAsync(string id, CommitStep older, CommitStep newer, CancellationToken cancellation)
    {
        var culprit = await repository.CommitAsync(id, cancellation).ConfigureAwait(false);
        var parent = await repository.CommitAsync(culprit.Parents[0], cancellation).ConfigureAwait(false);
        // With the parent built from nothing and the culprit on top of it, no object of a later commit can be what changed the verdict.
        var before = await MeasureAsync(CommitStepKind.Confirmation, parent, null, cancellation).ConfigureAwait(false);
        var after = await MeasureAsync(CommitStepKind.Confirmation, culprit, null, cancellation, onTopOf: parent).ConfigureAwait(false);
        var diffstat = await repository.AskAsync(cancellation, "diff", "--no-ext-diff", "--no-color", "--stat=100", parent.Id, culprit.Id).ConfigureAwait(false);
        var found = new FoundCommit(culprit.Id, culprit.Subject, culprit.Author, culprit.Date, culprit.Parents, diffstat);
        var change = $"{question.Case} changed in {Words(culprit)}: before {older.Verdict}, since then {newer.Verdict}";
        return (before.Verdict, after.Verdict) == (older.Verdict, newer.Verdict)
            ? Answer(BisectResult.Found, $"{change}; confirmed by building and booting anew its parent, from nothing, and it", older, newer) with { Culprit = found, Confirmed = true }
            : Answer(BisectResult.Range, $"{change}; not confirmed: built and booted anew, its parent says {Said(before)}, and it says {Said(after)}", older, newer) with { Culprit = found };
    }

    private async Task<CommitStep> MeasureAsync(CommitStepKind kind, Commit commit, int? left, CancellationToken cancellation, Commit? onTopOf = null)
    {
        if (Known(kind, commit.Id) is { } known)
        {
            return known;
        }
        var number = journal.Steps.Count + 1;
        tell(new BisectEvent.CommitTesting(number, commit, left, Eta(left)));
        var step = await measurer.MeasureAsync(number, kind, commit, onTopOf, cancellation).ConfigureAwait(false);
        journal.Add(step);
        tell(new BisectEvent.CommitTested(step));
        return step;
    }

    /// <summary>
    /// What this bisection found before it was killed. Once it has ended for want of commits that tell something, those that
    /// told nothing are tried again: perhaps they were mended.
    /// </summary>
    private CommitStep? Known(CommitStepKind kind, string commit) => journal.Steps.LastOrDefault(s => s.Commit == commit
        && (kind == CommitStepKind.Confirmation) == (s.Kind == CommitStepKind.Confirmation)
        && (s.Verdict is not null || s.Step > _triedAgain));

    private TimeSpan? Eta(int? left)
    {
        var built = journal.Steps.Where(s => s.Kind == CommitStepKind.Search && !s.Remembered).Select(s => s.BuildSeconds + s.Seconds).ToList();
        return left is { } steps && built.Count > 0 ? TimeSpan.FromSeconds(built.Average() * (steps + 1)) : null;
    }

    private async Task<CommitAnswer> RangeAsync(IReadOnlyList<string> ids, CommitStep older, CommitStep newer, CancellationToken cancellation)
    {
        var named = new List<NamedCommit>();
        foreach (var id in ids)
        {
            named.Add(new NamedCommit(id, (await repository.CommitAsync(id, cancellation).ConfigureAwait(false)).Subject));
        }
        var answer = Answer(BisectResult.Range, $"{question.Case} changed in one of {named.Count} commits: all but one of them tell nothing; the same command tries those again", older, newer);
        return answer with { Candidates = named };
    }

    private static CommitAnswer Answer(BisectResult result, string sentence, CommitStep? older = null, CommitStep? newer = null) =>
        new(result, sentence, null, false, older?.Verdict, newer?.Verdict, []);

    private static string Said(CommitStep step) => step.Verdict?.ToString() ?? $"nothing ({step.Problem})";

    /// <summary>As the kernel's documentation names commits.</summary>
    private static string Words(Commit commit) => $"{commit.Short} (\"{commit.Subject}\")";
}
