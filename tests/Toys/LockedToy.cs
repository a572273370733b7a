using Harness.Kernels;

namespace Harness.Toys;

/// <summary>A kernel that a lock pins, by its path alone.</summary>
public sealed record LockedToy(string Id, KernelVersion Version, string Arch, string Image)
    : LockedKernel(Id, Version, Arch);
