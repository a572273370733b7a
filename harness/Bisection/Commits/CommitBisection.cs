using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// Bisects over commits. It measures both ends, lets git choose the next commit, skips commits that do not build, boot
/// or answer, and at last builds and boots the culprit and its parent again. Each step is in the journal before the
/// next one begins.
/// </summary>
/// <param name="retry">Commits in the journal that gave no verdict are tried again.</param>
public sealed class CommitBisection(
    CommitQuestion question, GitRepository repository, BisectWorktree worktree, CommitMeasurer measurer,
    CommitJournal journal, string directory, Action<BisectEvent> tell, bool retry = false)
{
    public const string LogName = "git-bisect.log";

    private readonly CommitSteps _steps = new(repository, measurer, journal, question.Skipped, retry);

    private Commit _older = question.Good ?? question.Bad;
    private Commit _newer = question.Bad;

    /// <summary>The good end; <c>null</c> as long as it is looked for.</summary>
    public Commit? Good { get; private set; } = question.Good;

    /// <summary>The bad end of the search: of <c>--good auto</c>, the oldest release that is bad.</summary>
    public Commit Bad { get; private set; } = question.Bad;

    /// <summary>An interruption is an answer, too; what was measured is kept.</summary>
    /// <exception cref="BisectionAbortedException">A failure on this side; the same command goes on.</exception>
    public async Task<CommitAnswer> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await AnswerAsync(cancellation).ConfigureAwait(false);
            foreach (var patch in measurer.Patches?.Without(journal.Steps.SelectMany(s => s.Patches)) ?? [])
            {
                tell(new BisectEvent.Noted($"the patch {patch} was applied to none of the commits"));
            }
            if (answer.IsFinal)
            {
                await worktree.RemoveAsync(cancellation).ConfigureAwait(false);
            }
            return answer;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Answer(BisectResult.Interrupted,
                $"interrupted after {journal.Steps.Count} steps; the same command goes on, and repeats none of them");
        }
    }

    private async Task<CommitAnswer> AnswerAsync(CancellationToken cancellation)
    {
        await worktree.EnsureAsync(Bad.Id, cancellation).ConfigureAwait(false);
        if (Good is null)
        {
            var (good, bad, none) = await new GoodEndSearch(
                question, repository, (end, ct) => _steps.MeasureAsync(CommitStepKind.End, end, null, ct), tell)
                .RunAsync(cancellation).ConfigureAwait(false);
            if (none is not null)
            {
                return none;
            }
            (Good, Bad) = (good, bad);
        }
        (_older, _newer) = await repository.IsAncestorAsync(Bad.Id, Good.Id, cancellation).ConfigureAwait(false)
            ? (Bad, Good)
            : (Good, Bad);
        var older = await _steps.MeasureAsync(CommitStepKind.End, _older, null, cancellation, next: _ =>
            Task.FromResult<IReadOnlyList<string>>([_newer.Id])).ConfigureAwait(false);
        var newer = await _steps.MeasureAsync(CommitStepKind.End, _newer, null, cancellation, next: most =>
            Likely.BetweenAsync(
                [_older.Id, .. question.FurtherGood.Select(end => end.Id)], _newer.Id, most, cancellation))
            .ConfigureAwait(false);
        if (older.Verdict is null || newer.Verdict is null)
        {
            var ends = new[] { (Commit: _older, Step: older), (Commit: _newer, Step: newer) };
            var problems = ends.Where(e => e.Step.Verdict is null)
                .Select(e => $"{e.Commit.Named} cannot be tested ({e.Step.Problem})").ToList();
            var advice = problems.Count == 1 ? "give another end" : "neither end tells anything";
            return Answer(BisectResult.EndUntestable, $"{string.Join("; ", problems)}; {advice}", older, newer);
        }
        if (older.Verdict.Outcome is null && newer.Verdict.Outcome is null)
        {
            var sentence = SkippedEnds.Sentence(
                question.Case, (_older.Named, older.SkipReason), (_newer.Named, newer.SkipReason), question.Options);
            return Answer(BisectResult.EndUntestable, sentence, older, newer);
        }
        if (older.Verdict == newer.Verdict)
        {
            return Answer(BisectResult.EndsAgree,
                $"the ends agree on {question.Case}: {_older.Named} and {_newer.Named} both say {older.Verdict}",
                older, newer);
        }
        foreach (var further in question.FurtherGood)
        {
            var step = await _steps.MeasureAsync(CommitStepKind.End, further, null, cancellation).ConfigureAwait(false);
            if (step.Verdict != older.Verdict)
            {
                return Answer(BisectResult.EndUntestable,
                    $"the good ends disagree: {_older.Named} says {older.Verdict}, and {further.Named} says"
                        + $" {step.Said}; give others", older, newer);
            }
        }
        var state = await SearchAsync(older, newer, cancellation).ConfigureAwait(false);
        if (state is GitBisectState.Impossible && question.FurtherGood.Count == 0
            && !await repository.IsAncestorAsync(_older.Id, _newer.Id, cancellation).ConfigureAwait(false))
        {
            // The ends are on two branches, and their common ancestor behaves like the "newer" end, which git refuses:
            // the change is on the branch of the other end. Swap the ends.
            (_older, _newer, older, newer) = (_newer, _older, newer, older);
            state = await SearchAsync(older, newer, cancellation).ConfigureAwait(false);
        }
        return state switch
        {
            GitBisectState.Found found =>
                await new CulpritConfirmation(question, repository, worktree.Scratch, _steps)
                    .OfAsync(found.Commit, older, newer, cancellation).ConfigureAwait(false),
            GitBisectState.Suspects suspects =>
                await RangeAsync(suspects.Commits, older, newer, cancellation).ConfigureAwait(false),
            GitBisectState.Impossible { Why: var why } =>
                Answer(BisectResult.Range, $"git cannot go on: {why}", older, newer),
            _ => throw new InvalidOperationException($"{state} is not known"),
        };
    }

    /// <summary>Measures the commits that git chooses, until git has an answer.</summary>
    private async Task<GitBisectState> SearchAsync(CommitStep older, CommitStep newer, CancellationToken cancellation)
    {
        var git = new GitBisect(worktree.Git);
        var state = await git.StartAsync(
            [_older.Id, .. question.FurtherGood.Select(end => end.Id)], _newer.Id, question.FirstParent,
            question.Paths, cancellation).ConfigureAwait(false);
        if (question.Skipped.Count > 0 && state is GitBisectState.Test)
        {
            state = await git.SkipAsync(question.Skipped, cancellation).ConfigureAwait(false);
        }
        while (true)
        {
            var log = await git.LogAsync(cancellation).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(directory, LogName), log, cancellation).ConfigureAwait(false);
            if (state is not GitBisectState.Test test)
            {
                return state;
            }
            var commit = await repository.CommitAsync(test.Commit, cancellation).ConfigureAwait(false);
            var step = await _steps.MeasureAsync(CommitStepKind.Search, commit, test.Left, cancellation, next: most =>
                Likely.AfterAsync(commit.Id, most, cancellation)).ConfigureAwait(false);
            var term = step.Verdict == older.Verdict
                ? GitBisect.Older
                : step.Verdict == newer.Verdict ? GitBisect.Newer : GitBisect.Skip;
            state = await git.MarkAsync(commit.Id, term, cancellation).ConfigureAwait(false);
        }
    }

    private LikelyCommits Likely => new(repository, worktree.Git, question);

    private async Task<CommitAnswer> RangeAsync(
        IReadOnlyList<string> ids, CommitStep older, CommitStep newer, CancellationToken cancellation)
    {
        var named = new List<NamedCommit>();
        foreach (var id in ids)
        {
            named.Add(
                new NamedCommit(id, (await repository.CommitAsync(id, cancellation).ConfigureAwait(false)).Subject));
        }
        var answer = Answer(BisectResult.Range,
            $"{question.Case} changed in one of {named.Count} commits: all but one of them tell nothing; the same "
                + "command tries those again", older, newer);
        return answer with { Suspects = named };
    }

    private static CommitAnswer Answer(
        BisectResult result, string sentence, CommitStep? older = null, CommitStep? newer = null) =>
        new(result, sentence, null, false, older?.Verdict, newer?.Verdict, []);
}
