using Harness.Results;

namespace Harness.Shards;

/// <summary>What runs came to when they were joined.</summary>
/// <param name="Origins">
/// By the kernel's id, the run that its row and its files are of; not of one that nobody ran.
/// </param>
/// <param name="Runs">The runs, in the order of their shares.</param>
/// <param name="Conflicts">What the runs disagree on, a sentence each.</param>
public sealed record MergedRun(
    RunDocument Document, IReadOnlyDictionary<string, ShardRun> Origins, IReadOnlyList<ShardRun> Runs,
    IReadOnlyList<string> Conflicts)
{
    /// <summary>The kernels of the matrix that none of the runs tested.</summary>
    public IEnumerable<KernelResult> Missing => Document.Kernels.Where(k => k.Status == KernelStatus.NotRun);
}
