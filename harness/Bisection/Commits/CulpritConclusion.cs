using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// What follows when there is a culprit: doubts, the proof by its revert where it is confirmed, and the mail.
/// </summary>
internal sealed class CulpritConclusion(
    GitRepository repository, CulpritDoubts doubts, CulpritRevert revert, CulpritMailMaker mails, CommitJournal journal)
{
    /// <param name="bisected">The bisection's answer, which comes back where there is no culprit.</param>
    /// <param name="parameters">Tells the kernel's command line after the last boot.</param>
    public async Task<(CommitAnswer Answer, CulpritMail? Mail)> OfAsync(
        CommitQuestion question, Commit? good, Commit bad, CommitAnswer bisected, Func<string?> parameters,
        CancellationToken cancellation)
    {
        if (good is null || bisected is not { Culprit.Commit: var id, Older: { } before })
        {
            return (bisected, null);
        }
        try
        {
            var proof = bisected.Confirmed
                ? await ProveAsync(id, good, bad, before, cancellation).ConfigureAwait(false)
                : null;
            var (doubted, unread) = await KeptAsync(() => DoubtsAsync(id, proof, good, bad, cancellation))
                .ConfigureAwait(false);
            var doubtful = doubted ?? [$"nothing is known of what it changes: {unread}"];
            var answer = bisected with
            {
                Sentence = bisected.Sentence + (proof is null ? "" : $"; {proof.InWords()}")
                    + string.Concat(doubtful.Select(doubt => $"; doubtful, as {doubt}")),
                Revert = proof,
                Doubts = doubtful,
            };
            var (mail, unmailed) = await KeptAsync(() => mails.MakeAsync(
                question, good, bad, answer, journal.Steps, parameters(), cancellation))
                .ConfigureAwait(false);
            return mail is null
                ? (answer with { Sentence = $"{answer.Sentence}; there is no mail: {unmailed}" }, null)
                : (answer, mail);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return (bisected with
            {
                Result = BisectResult.Interrupted,
                Sentence = $"{bisected.Sentence}; interrupted before its revert and its mail were done: the same"
                    + " command goes on",
            }, null);
        }
    }

    private async Task<RevertProof> ProveAsync(
        string id, Commit good, Commit bad, Verdict before, CancellationToken cancellation)
    {
        var end = bad;
        var (proof, problem) = await KeptAsync(async () =>
        {
            var culprit = await repository.CommitAsync(id, cancellation).ConfigureAwait(false);
            var effect = await CulpritMailMaker.EffectAsync(repository, culprit, bad, cancellation)
                .ConfigureAwait(false);
            end = effect == CommitEffect.Regression ? bad : good;
            return await revert.ProveAsync(culprit, end, before, cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return proof ?? new RevertProof(RevertOutcome.Untestable, end.Id, null, []) { Problem = problem };
    }

    private async Task<IReadOnlyList<string>> DoubtsAsync(
        string id, RevertProof? proof, Commit good, Commit bad, CancellationToken cancellation)
    {
        var culprit = await repository.CommitAsync(id, cancellation).ConfigureAwait(false);
        return
        [
            .. await doubts.OfAsync(culprit, journal.Steps, cancellation).ConfigureAwait(false),
            .. CulpritDoubts.OfPatches(culprit, proof, journal.Steps),
            .. CulpritDoubts.OfCompilers(culprit, proof, (good.Id, bad.Id), journal.Steps),
        ];
    }

    /// <summary>A failure of what follows is told, and the confirmed culprit is kept.</summary>
    /// <exception cref="BisectionAbortedException">The same command goes on.</exception>
    private static async Task<(T? Value, string? Problem)> KeptAsync<T>(Func<Task<T>> made)
        where T : class
    {
        try
        {
            return (await made().ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            || e is HarnessException and not BisectionAbortedException)
        {
            return (null, e.Message.Split('\n')[0]);
        }
    }
}
