namespace Harness.Cluster;

/// <summary>Elements that are to be submitted together.</summary>
/// <param name="Name">What the submission is to be called.</param>
/// <param name="Attempt">Which attempt at the shares it is, from 1.</param>
internal sealed record ElementBatch(
    ClusterJob Job, ClusterDirectory Directory, string Name, int Attempt, IReadOnlyList<int> Shares);
