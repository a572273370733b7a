namespace Harness.Kernels.Images;

/// <summary>A pinned image of this machine.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Sha256">Of the image, lower-case hex.</param>
public sealed record LockedImage(string Id, KernelVersion? Version, string Arch, string Path, string Sha256)
    : LockedKernel(Id, Version, Arch);
