namespace Harness.Cluster;

/// <summary>How an element stands.</summary>
/// <param name="Attempt">The attempt that this is about, from 1.</param>
/// <param name="Node">Where it runs or ran; empty where it has none.</param>
/// <param name="Reason">Why it waits, or what failed, in words; empty where there is nothing to say.</param>
internal sealed record ElementStand(
    ClusterShare Share, int Attempt, ElementPhase Phase, string Node = "", string Reason = "")
{
    /// <summary>Unix time in seconds; <c>null</c> until it has begun.</summary>
    public long? StartedAt { get; init; }

    /// <summary>Nothing more will come of it.</summary>
    public bool IsSettled => Phase is ElementPhase.Finished or ElementPhase.GivenUp or ElementPhase.Cancelled;
}
