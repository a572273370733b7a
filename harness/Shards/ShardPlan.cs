using Harness.Kernels;
using Harness.Runs;

namespace Harness.Shards;

/// <summary>How a matrix is divided among machines.</summary>
/// <param name="Shares">Those that have kernels.</param>
public sealed record ShardPlan(IReadOnlyList<PlannedShare> Shares)
{
    public static ShardPlan Of(IReadOnlyList<PlannedKernel> kernels, KernelWeights weights, int shards) => new(
    [
        .. Runs.Shares.Divide(kernels, weights, shards).Index().Where(share => share.Item.Count > 0)
            .Select(share => new PlannedShare(
                new Shard(share.Index + 1, shards), Math.Round(share.Item.Sum(k => weights.SecondsOf(k.Kernel.Id)), 1),
                [.. share.Item.Select(k => k.Kernel.Id)])),
    ]);
}
