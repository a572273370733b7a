using Harness.Probes;
using Harness.Processes;
using Harness.Results;

namespace Harness.Cluster;

/// <summary>
/// Waits for the elements of a run, and tries again those that were lost. All that it must not forget is in the run's
/// directory, so that another process can go on where this one ends.
/// </summary>
/// <param name="tell">Is called with what happens, from the thread that waits.</param>
internal sealed class ClusterWatch(
    ClusterDirectory directory, ClusterEngine engine, ProbeList probes, TimeProvider clock, Action<ClusterEvent> tell)
{
    /// <summary>Every question to a cluster's controller has its price.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, ElementPhase> _told = [];
    private readonly Dictionary<(int Share, int Attempt), long> _silentSince = [];
    private bool _refused;

    /// <summary>Waits until nothing more comes of any element.</summary>
    /// <returns>How each stands then.</returns>
    /// <exception cref="OperationCanceledException">Interrupted; the elements go on.</exception>
    /// <exception cref="IOException">The directory cannot be read or written.</exception>
    public async Task<(ClusterJob Job, IReadOnlyList<ElementStand> Elements)> WaitAsync(CancellationToken cancellation)
    {
        var submitter = new ClusterSubmitter(directory, engine, tell);
        var job = await submitter.RecoverAsync(directory.Read(), cancellation).ConfigureAwait(false);
        while (true)
        {
            if (await LookAsync(job, cancellation).ConfigureAwait(false) is { } elements)
            {
                Tell(elements);
                job = await submitter.RetryAsync(
                    job, [.. elements.Where(e => e.Phase == ElementPhase.Failed)], cancellation).ConfigureAwait(false);
                if (elements.All(e => e.IsSettled))
                {
                    return (job, elements);
                }
            }
            await Task.Delay(_pause, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>How the elements stand; <c>null</c> where the cluster does not answer.</summary>
    private async Task<IReadOnlyList<ElementStand>?> LookAsync(ClusterJob job, CancellationToken cancellation)
    {
        IReadOnlyList<QueuedElement> queue;
        var cancelled = directory.IsCancelled;
        try
        {
            // First: an element that ends meanwhile has written so when its file is read.
            queue = await engine.ElementsAsync(job.Names, cancellation).ConfigureAwait(false);
            if (cancelled && queue.Any(e => e.State is QueueState.Waiting or QueueState.Running))
            {
                await engine.CancelAsync(job.Names, cancellation).ConfigureAwait(false);
            }
            _refused = false;
        }
        catch (CommandException e)
        {
            if (!_refused)
            {
                tell(new ClusterEvent.Noted($"{engine.Name} does not answer and is asked again: {e.Message}"));
            }
            _refused = true;
            return null;
        }
        var judge = new ElementJudge(job.Attempts);
        return [.. job.Shares.Select(share => StandOf(job, share, queue, judge, cancelled))];
    }

    private ElementStand StandOf(
        ClusterJob job, ClusterShare share, IReadOnlyList<QueuedElement> queue, ElementJudge judge, bool cancelled)
    {
        var (place, submission) = job.LatestOf(share.Index);
        var name = job.NameOf(place);
        var queued = queue.FirstOrDefault(e => e.Name == name && e.Share == share.Index);
        IReadOnlyList<ElementTry> tries =
        [
            .. Enumerable.Range(1, submission.Attempt).Select(attempt => new ElementTry(
                attempt, directory.StateOf(share.Index, attempt),
                File.Exists(Path.Combine(directory.Shard(share.Index, attempt), ResultsFile.Name)))),
        ];
        return judge.Stand(
            share, tries, submission, queued, SilenceOf(share.Index, submission.Attempt, queued), cancelled);
    }

    /// <summary>How long the cluster has not known the attempt, or has known its end.</summary>
    private TimeSpan SilenceOf(int share, int attempt, QueuedElement? queued)
    {
        if (queued is { State: not QueueState.Ended })
        {
            _silentSince.Remove((share, attempt));
            return TimeSpan.Zero;
        }
        if (!_silentSince.TryGetValue((share, attempt), out var since))
        {
            _silentSince[(share, attempt)] = since = clock.GetTimestamp();
        }
        return clock.GetElapsedTime(since);
    }

    private void Tell(IReadOnlyList<ElementStand> elements)
    {
        tell(new ClusterEvent.Looked(elements));
        foreach (var element in elements)
        {
            var before = _told.GetValueOrDefault(element.Share.Index, ElementPhase.Waiting);
            _told[element.Share.Index] = element.Phase;
            if (element.Phase == before)
            {
                continue;
            }
            switch (element.Phase)
            {
                case ElementPhase.Running:
                    tell(new ClusterEvent.Began(element));
                    break;
                case ElementPhase.Finished:
                    TellRows(element);
                    break;
                case ElementPhase.GivenUp:
                    tell(new ClusterEvent.GivenUp(element));
                    break;
            }
        }
    }

    private void TellRows(ElementStand element)
    {
        var rows = probes.Read(directory.Shard(element.Share.Index, element.Attempt)).Kernels;
        foreach (var row in rows)
        {
            tell(new ClusterEvent.Tested(row, element.Node));
        }
    }
}
