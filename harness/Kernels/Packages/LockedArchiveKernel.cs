namespace Harness.Kernels.Packages;

/// <summary>A pinned kernel of an archive that a matrix names: enough to download and verify it without any index.
/// </summary>
public sealed record LockedArchiveKernel(ArchiveKernel Kernel)
    : LockedKernel(Kernel.Id, Kernel.Upstream, Kernel.Arch);
