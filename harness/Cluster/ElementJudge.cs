using System.Globalization;

namespace Harness.Cluster;

/// <summary>
/// Finds out how an element stands, from what it has written and from what the cluster says. What it has written counts
/// more: a cluster may forget an element, and may take one for dead that goes on. Pure.
/// </summary>
/// <param name="attempts">How many times an element is tried at most.</param>
internal sealed class ElementJudge(int attempts)
{
    /// <summary>
    /// How long the cluster must not know an element, or know its end, before one that has not said how it ended is
    /// taken for lost: what a node writes may be seen late on a network file system (nfs(5), <c>acdirmax</c>).
    /// </summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(75);

    /// <summary>The exit codes of a run that has tested all it was asked to.</summary>
    private static readonly int[] _whole = [ExitCodes.AsExpected, ExitCodes.Unexpected, ExitCodes.NotTestable];

    /// <summary>How an element stands now.</summary>
    /// <param name="tries">What each attempt so far has written, the first one first.</param>
    /// <param name="submission">The newest submission of the share.</param>
    /// <param name="queued">What the cluster says of the newest attempt; <c>null</c> where it does not know it.</param>
    /// <param name="silence">How long the cluster has not known it, or has known its end.</param>
    /// <param name="cancelled">The run was cancelled: what the cluster does not know, it has ended.</param>
    public ElementStand Stand(
        ClusterShare share, IReadOnlyList<ElementTry> tries, Submission submission, QueuedElement? queued,
        TimeSpan silence, bool cancelled)
    {
        // An earlier attempt may have come to its end after all.
        if (tries.FirstOrDefault(IsWhole) is { } whole)
        {
            return At(whole, ElementPhase.Finished, "");
        }
        var last = tries[^1];
        return queued?.State switch
        {
            QueueState.Waiting => At(last, ElementPhase.Waiting, queued.Reason),
            QueueState.Running => At(last, ElementPhase.Running, ""),
            QueueState.Cancelled => At(last, ElementPhase.Cancelled, ""),
            QueueState.Lost => Failed(last, $"{queued.Words}{On(queued.Node)}"),
            _ when cancelled => At(last, ElementPhase.Cancelled, ""),
            _ when submission.Refusal is { } refusal => Failed(last, refusal),
            _ when last.State?.ExitCode is ExitCodes.Usage =>
                At(last, ElementPhase.GivenUp, $"the harness ended with exit code 2{On(last.State.Node)}"),
            // A file that was written on another machine may be seen later than one that was written behind it.
            _ when last.State?.ExitCode is { } code && (silence >= LongestSilence || !_whole.Contains(code)) =>
                Failed(last, string.Create(
                    CultureInfo.InvariantCulture, $"the harness ended with exit code {code}{On(last.State.Node)}")),
            _ when silence >= LongestSilence =>
                Failed(last, $"it was lost without a word{On(queued?.Node ?? last.State?.Node ?? "")}"),
            _ => At(last, last.State is null ? ElementPhase.Waiting : ElementPhase.Running, ""),
        };

        ElementStand At(ElementTry of, ElementPhase phase, string reason) =>
            new(share, of.Attempt, phase, queued?.Node is { Length: > 0 } node ? node : of.State?.Node ?? "", reason)
            {
                StartedAt = of.State?.StartedAt,
            };

        ElementStand Failed(ElementTry of, string reason) =>
            At(of, cancelled ? ElementPhase.Cancelled
                : of.Attempt < attempts ? ElementPhase.Failed : ElementPhase.GivenUp, reason);
    }

    private static bool IsWhole(ElementTry one) =>
        one is { HasResults: true, State.ExitCode: { } code } && _whole.Contains(code);

    private static string On(string node) => node.Length == 0 ? "" : $" on {node}";
}
