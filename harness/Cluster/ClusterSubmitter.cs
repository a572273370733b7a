using Harness.Processes;

namespace Harness.Cluster;

/// <summary>
/// Gives elements to the cluster. That they are about to be submitted is noted first, and the job's id behind it: a
/// harness that is killed in between finds them by their name.
/// </summary>
internal sealed class ClusterSubmitter(
    ClusterDirectory directory, ClusterEngine engine, Action<ClusterEvent> tell)
{
    /// <summary>Submits elements for the first time.</summary>
    /// <exception cref="CommandException">The cluster does not take them.</exception>
    public async Task<ClusterJob> SubmitAsync(
        ClusterJob job, int attempt, IReadOnlyList<int> shares, CancellationToken cancellation)
    {
        var noted = job with { Submissions = [.. job.Submissions, new Submission(attempt, shares, null, null)] };
        directory.Write(noted);
        return await SubmitLastAsync(noted, cancellation).ConfigureAwait(false);
    }

    /// <summary>Submits failed elements again, those that have failed as often together.</summary>
    /// <param name="failed">The elements as they stand.</param>
    public async Task<ClusterJob> RetryAsync(
        ClusterJob job, IReadOnlyList<ElementStand> failed, CancellationToken cancellation)
    {
        if (failed.Count == 0)
        {
            return job;
        }
        foreach (var element in failed)
        {
            tell(new ClusterEvent.Retrying(element));
        }
        job = job with
        {
            Losses = [.. job.Losses, .. failed.Select(e => new LostAttempt(e.Share.Index, e.Attempt, e.Reason))],
        };
        foreach (var again in failed.GroupBy(e => e.Attempt))
        {
            IReadOnlyList<int> shares = [.. again.Select(e => e.Share.Index)];
            try
            {
                job = await SubmitAsync(job, again.Key + 1, shares, cancellation).ConfigureAwait(false);
            }
            catch (CommandException e)
            {
                job = Refused(directory.Read(), e.Message);
            }
        }
        return job;
    }

    /// <summary>
    /// Completes a submission in whose middle the harness was killed: it is found by its name, or submitted.
    /// </summary>
    /// <exception cref="CommandException">The cluster cannot be asked, or does not take it.</exception>
    public async Task<ClusterJob> RecoverAsync(ClusterJob job, CancellationToken cancellation)
    {
        if (job.Submissions is not [.., { Job: null, Refusal: null } last])
        {
            return job;
        }
        var known = await engine.ElementsAsync([job.NameOf(job.Submissions.Count - 1)], cancellation)
            .ConfigureAwait(false);
        var id = known.Select(e => e.Job)
            .Concat(last.Shares.Select(s => directory.StateOf(s, last.Attempt)?.Job).OfType<string>())
            .FirstOrDefault();
        return id is not null ? Submitted(job, id)
            : directory.IsCancelled ? Refused(job, "the run was cancelled before this was submitted")
            : await SubmitLastAsync(job, cancellation).ConfigureAwait(false);
    }

    private async Task<ClusterJob> SubmitLastAsync(ClusterJob job, CancellationToken cancellation)
    {
        var last = job.Submissions[^1];
        var name = job.NameOf(job.Submissions.Count - 1);
        // Not cancelled half-way: what was submitted is noted.
        cancellation.ThrowIfCancellationRequested();
        var id = await engine.SubmitAsync(
            new ElementBatch(job, directory, name, last.Attempt, last.Shares), CancellationToken.None)
            .ConfigureAwait(false);
        return Submitted(job, id);
    }

    private ClusterJob Submitted(ClusterJob job, string id)
    {
        var submitted = WithLast(job, s => s with { Job = id });
        directory.Write(submitted);
        var last = submitted.Submissions[^1];
        tell(new ClusterEvent.Submitted(
            id, last.Attempt, last.Shares.Count,
            job.Shares.Where(s => last.Shares.Contains(s.Index)).Sum(s => s.Kernels.Count), directory.Path));
        return submitted;
    }

    private ClusterJob Refused(ClusterJob job, string reason)
    {
        var refused = WithLast(job, s => s with { Refusal = reason });
        directory.Write(refused);
        return refused;
    }

    private static ClusterJob WithLast(ClusterJob job, Func<Submission, Submission> change) => job with
    {
        Submissions = [.. job.Submissions.SkipLast(1), change(job.Submissions[^1])],
    };
}
