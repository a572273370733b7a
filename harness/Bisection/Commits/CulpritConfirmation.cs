using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>Builds and boots a culprit and its parent anew, and says whether they answer as the ends do.</summary>
/// <param name="scratch">A directory that is removed with the bisection's worktree.</param>
internal sealed class CulpritConfirmation(
    CommitQuestion question, GitRepository repository, string scratch, CommitSteps steps)
{
    /// <param name="id">Of the commit that git has found.</param>
    /// <param name="older">The older end, <paramref name="newer"/> the newer end.</param>
    /// <exception cref="BisectionAbortedException">A failure on this side.</exception>
    public async Task<CommitAnswer> OfAsync(
        string id, CommitStep older, CommitStep newer, CancellationToken cancellation)
    {
        var culprit = await repository.CommitAsync(id, cancellation).ConfigureAwait(false);
        var parent = await repository.CommitAsync(culprit.Parents[0], cancellation).ConfigureAwait(false);
        // The parent is built from an empty directory and the culprit on top of it, so that no object file of another
        // commit can have changed the verdict.
        var before = await steps.MeasureAsync(CommitStepKind.Confirmation, parent, null, cancellation)
            .ConfigureAwait(false);
        var after = await steps.MeasureAsync(CommitStepKind.Confirmation, culprit, null, cancellation, onTopOf: parent)
            .ConfigureAwait(false);
        var diffstat = await repository.AskAsync(cancellation, "diff-tree", "-r", "--no-ext-diff", "--no-textconv",
            "--find-renames", "--stat=100", parent.Id, culprit.Id).ConfigureAwait(false);
        var found = new FoundCommit(
            culprit.Id, culprit.Subject, culprit.Author, culprit.AuthoredAt, culprit.Parents, diffstat)
        {
            Committer = culprit.Committer,
            CommittedAt = culprit.CommittedAt,
            Merge = await new MergeInspector(repository, question, scratch).OfAsync(culprit, cancellation)
                .ConfigureAwait(false),
        };
        var merge = found.Merge is { } merged ? $", {merged.InWords()}" : "";
        var change =
            $"{question.Case} changed in {culprit.Named}{merge}: before {older.Verdict}, since then {newer.Verdict}";
        var confirmed = (before.Verdict, after.Verdict) == (older.Verdict, newer.Verdict);
        var otherwise = confirmed
            ? null
            : $"built and booted anew, its parent says {before.Said}, and it says {after.Said}";
        var sentence = otherwise is null
            ? $"{change}; confirmed by building and booting anew its parent, from nothing, and it"
            : $"{change}; not confirmed: {otherwise}";
        return new CommitAnswer(
            confirmed ? BisectResult.Found : BisectResult.Range, sentence, found, confirmed, older.Verdict,
            newer.Verdict, [])
        {
            Unconfirmed = otherwise,
        };
    }
}
