using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>
/// Proves a culprit by its revert: where the end that has it answers without it as before it, nothing else is needed to
/// explain the change.
/// </summary>
/// <param name="objects">Get the reverted tree; the user's repository gets nothing.</param>
/// <param name="measurer">Of commits that these objects hold.</param>
internal sealed class CulpritRevert(
    GitRepository repository, OwnObjects objects, CommitMeasurer measurer, CommitJournal journal)
{
    /// <param name="culprit">Reverted against its first parent.</param>
    /// <param name="end">The end that has it.</param>
    /// <param name="before">The verdict of the other end.</param>
    /// <exception cref="BisectionAbortedException">A failure on this side.</exception>
    public async Task<RevertProof> ProveAsync(
        Commit culprit, Commit end, Verdict before, CancellationToken cancellation)
    {
        if (culprit.Id == end.Id)
        {
            return new RevertProof(RevertOutcome.Needless, end.Id, null, []);
        }
        var merged = await MergeAsync(culprit, end, cancellation).ConfigureAwait(false);
        if (merged.Proof is { } proof)
        {
            return proof;
        }
        var id = await objects.CommitAsync(
            merged.Tree, end.Id, $"Revert \"{culprit.Subject}\"", end.CommittedAt, cancellation).ConfigureAwait(false);
        var reverted = await objects.Reader.CommitAsync(id, cancellation).ConfigureAwait(false);
        var step = await MeasureAsync(reverted, cancellation).ConfigureAwait(false);
        var skips = step.Verdict is { Outcome: null } && before.Outcome is not null;
        var outcome = step.Verdict is null || skips
            ? RevertOutcome.Untestable
            : step.Verdict == before ? RevertOutcome.AsBefore : RevertOutcome.Differs;
        return new RevertProof(outcome, end.Id, step.Step, [])
        {
            Verdict = step.Verdict,
            Problem = skips ? $"the kernel skips the case ({step.SkipReason})" : step.Problem,
        };
    }

    /// <summary>
    /// A revert is a merge of the end and the culprit's parent, whose common ancestor is the culprit. Two commits on
    /// top of the culprit, with the trees of these two, make git see it so (git merge-tree has --merge-base from 2.40).
    /// </summary>
    private async Task<(string Tree, RevertProof? Proof)> MergeAsync(
        Commit culprit, Commit end, CancellationToken cancellation)
    {
        var parent = await repository.CommitAsync(culprit.Parents[0], cancellation).ConfigureAwait(false);
        var ours = await objects.CommitAsync(end.Tree, culprit.Id, "the end", end.CommittedAt, cancellation)
            .ConfigureAwait(false);
        var theirs = await objects.CommitAsync(parent.Tree, culprit.Id, "the parent", end.CommittedAt, cancellation)
            .ConfigureAwait(false);
        foreach (var merged in new[] { culprit, parent, end })
        {
            await repository.FetchFilesAsync(merged, cancellation).ConfigureAwait(false);
        }
        var made = await objects.TryApartAsync(cancellation,
            "merge-tree", "--write-tree", "--no-messages", "--name-only", "-z", ours, theirs).ConfigureAwait(false);
        var told = made.StandardOutput.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return (made.ExitCode, told) switch
        {
            (0, [var tree, ..]) => (tree, null),
            (1, [_, .. var files]) =>
                ("", new RevertProof(RevertOutcome.Conflict, end.Id, null, [.. files.Distinct()])),
            _ => ("", new RevertProof(RevertOutcome.Untestable, end.Id, null, [])
            {
                Problem = $"git merge-tree, of git 2.38 or later, is needed: {made.Describe().Split('\n')[0]}",
            }),
        };
    }

    private async Task<CommitStep> MeasureAsync(Commit reverted, CancellationToken cancellation) =>
        journal.Steps.LastOrDefault(s => s.Commit == reverted.Id)
        ?? await measurer.NextAsync(journal, CommitStepKind.Revert, reverted, journal.Steps, cancellation)
            .ConfigureAwait(false);
}
