using Harness.Kernels;
using Harness.Results;

namespace Harness.Runs;

/// <summary>The part of a matrix that a run tests.</summary>
/// <param name="Shard">Which one; <c>null</c> for all of it.</param>
/// <param name="Elsewhere">The kernels of the other shares.</param>
internal sealed record MatrixShare(
    Shard? Shard, IReadOnlyList<PlannedKernel> Kernels, IReadOnlyList<(Kernel Kernel, Shard Shard)> Elsewhere)
{
    /// <param name="all">All kernels that were asked for.</param>
    /// <exception cref="UsageException">There are more shares than kernels, and none is left for this one.</exception>
    /// <exception cref="Yaml.YamlFileException">The weights beside the matrix cannot be used.</exception>
    public static MatrixShare Of(RunRequest request, IReadOnlyList<PlannedKernel> all)
    {
        if (request.Shard is null)
        {
            return new MatrixShare(null, all, []);
        }
        var shard = Shard.Parse("--shard", request.Shard);
        var weights = (request.Lock ?? request.Matrix) is { } beside
            ? KernelWeights.Beside(beside)
            : KernelWeights.Equal;
        var shares = Shares.Divide(all, weights, shard.Of);
        var own = shares[shard.Index - 1];
        if (own.Count == 0)
        {
            throw new UsageException($"--shard {shard}: no kernel is left for this share; the matrix has"
                + $" {Analysis.Words.Count(all.Count, "kernel")} to divide");
        }
        return new MatrixShare(shard, own,
        [
            .. shares.Index().Where(share => share.Index != shard.Index - 1).SelectMany(
                share => share.Item.Select(k => (k.Kernel, shard with { Index = share.Index + 1 }))),
        ]);
    }
}
