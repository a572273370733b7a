namespace Harness.Kernels.Git;

/// <summary>A pinned commit.</summary>
/// <param name="Repository">Absolute.</param>
/// <param name="Commit">Its full id.</param>
public sealed record LockedCommit(
    string Id, KernelVersion? Version, string Arch, string Repository, string Commit, BuildSettings Build)
    : LockedKernel(Id, Version, Arch);
