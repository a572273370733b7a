namespace Harness.Kernels.FileImages;

/// <summary>A pinned file with a kernel.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Sha256">Of the file, lower-case hex.</param>
public sealed record LockedFile(string Id, KernelVersion? Version, string Arch, Uri Place, string Sha256)
    : LockedKernel(Id, Version, Arch);
