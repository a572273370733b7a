namespace Harness.Cluster;

/// <summary>An element as the cluster knows it.</summary>
/// <param name="Name">What its submission is called (<see cref="ClusterJob.NameOf"/>).</param>
/// <param name="Job">The id of its submission.</param>
/// <param name="Share">Its index in the array.</param>
/// <param name="Node">Where it runs or ran; empty where it has none.</param>
/// <param name="Words">The state in the cluster's own words.</param>
/// <param name="Reason">Why it waits, in the cluster's own words; empty where it does not.</param>
internal sealed record QueuedElement(
    string Name, string Job, int Share, QueueState State, string Node, string Words, string Reason);
