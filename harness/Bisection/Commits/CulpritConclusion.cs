using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>What follows when a culprit is confirmed: doubts, the proof by its revert, and the mail.</summary>
internal sealed class CulpritConclusion(
    GitRepository repository, CulpritDoubts doubts, CulpritRevert revert, CulpritMailMaker mails, CommitJournal journal)
{
    /// <param name="bisected">The bisection's answer, which comes back where there is no confirmed culprit.</param>
    /// <param name="parameters">Tells the kernel's command line after the last boot.</param>
    public async Task<(CommitAnswer Answer, CulpritMail? Mail)> OfAsync(
        CommitQuestion question, Commit? good, Commit bad, CommitAnswer bisected, Func<string?> parameters,
        CancellationToken cancellation)
    {
        if (good is null || bisected is not
            { Result: BisectResult.Found, Confirmed: true, Culprit.Commit: var id, Older: { } before })
        {
            return (bisected, null);
        }
        try
        {
            var culprit = await repository.CommitAsync(id, cancellation).ConfigureAwait(false);
            var effect = await CulpritMailMaker.EffectAsync(repository, culprit, bad, cancellation)
                .ConfigureAwait(false);
            var proof = await revert.ProveAsync(
                culprit, effect == CommitEffect.Regression ? bad : good, before, cancellation).ConfigureAwait(false);
            IReadOnlyList<string> doubtful =
            [
                .. await doubts.OfAsync(culprit, journal.Steps, cancellation).ConfigureAwait(false),
                .. CulpritDoubts.OfPatches(culprit, proof, journal.Steps),
            ];
            var answer = bisected with
            {
                Sentence = $"{bisected.Sentence}; {proof.InWords()}"
                    + string.Concat(doubtful.Select(doubt => $"; doubtful, as {doubt}")),
                Revert = proof,
                Doubts = doubtful,
            };
            var mail = await mails.MakeAsync(
                question, good, bad, answer, journal.Steps, parameters(), cancellation)
                .ConfigureAwait(false);
            return (answer, mail);
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
}
