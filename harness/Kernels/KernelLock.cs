using Harness.Kernels.Debian;

namespace Harness.Kernels;

/// <summary>A kernel that a lock pins.</summary>
public abstract record LockedKernel(string Id)
{
    /// <summary>From the Debian archive: enough to download and verify it without any index, and no host.</summary>
    public sealed record Debian(string Id, DebianKernel Kernel) : LockedKernel(Id);

    /// <summary>A local image; the path as the matrix gives it.</summary>
    public sealed record Local(string Id, string Path, string Sha256) : LockedKernel(Id);
}

/// <summary><c>kernels.lock.yaml</c>: the exact kernels that a matrix came to, so that another day's run takes the same.</summary>
public sealed record KernelLock(IReadOnlyList<LockedKernel> Kernels)
{
    public const int Version = 1;

    public string ToYaml() => throw new NotImplementedException();

    /// <summary>The pinned kernels, all asked for by name.</summary>
    public IReadOnlyList<Kernel> ToKernels(DebianKernels debian, Func<LockedKernel.Local, Kernel> local) =>
        throw new NotImplementedException();
}
