using Harness.Matrix;

namespace Harness.Kernels.Debian;

/// <summary>What a rule takes of an index.</summary>
public static class DebianSelection
{
    /// <param name="toKernel">Makes the run's kernel: its source knows where to download.</param>
    public static IReadOnlyList<KernelPick> Select(DebianRule rule, ArchiveIndex index, Func<DebianKernel, Kernel> toKernel) =>
        throw new NotImplementedException();
}
