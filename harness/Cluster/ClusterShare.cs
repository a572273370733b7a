namespace Harness.Cluster;

/// <summary>The part of the matrix that one element tests.</summary>
/// <param name="Index">From 1, as <c>run --shard</c> takes it; also the element's index in the array.</param>
/// <param name="Kernels">Their ids.</param>
internal sealed record ClusterShare(int Index, IReadOnlyList<string> Kernels);
