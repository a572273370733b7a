using Harness.Runs;

namespace Harness.Shards;

/// <summary>The share of one machine.</summary>
/// <param name="Seconds">What its kernels weigh together: seconds one after the other, where measured.</param>
/// <param name="Kernels">Their ids, in the matrix's order.</param>
public sealed record PlannedShare(Shard Shard, double Seconds, IReadOnlyList<string> Kernels);
