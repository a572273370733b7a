namespace Harness.Kernels.Debian;

/// <summary>A pinned kernel of the archive: enough to download and verify it without any index, and no host.</summary>
public sealed record LockedDebianKernel(DebianKernel Kernel)
    : LockedKernel(Kernel.Id, Kernel.Upstream, Kernel.Architecture.Machine);
