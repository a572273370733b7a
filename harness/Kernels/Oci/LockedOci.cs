namespace Harness.Kernels.Oci;

/// <summary>A pinned kernel in an image of containers, with its digest.</summary>
public sealed record LockedOci(string Id, KernelVersion? Version, OciPlace Place)
    : LockedKernel(Id, Version, Place.Arch);
