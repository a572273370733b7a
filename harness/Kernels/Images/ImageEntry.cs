using Harness.Kernels.FileImages;

namespace Harness.Kernels.Images;

/// <summary>A kernel image of this machine in a matrix.</summary>
/// <param name="Id">The kernel's id in results.</param>
/// <param name="Path">The image's path, absolute.</param>
/// <param name="Version">The upstream version; <c>null</c> where the matrix does not say.</param>
public sealed record ImageEntry(string At, string Id, string Path, KernelVersion? Version) : KernelEntry(At)
{
    /// <summary>What it is where it is a package, is elsewhere, or has a hash; <c>null</c> for an image.</summary>
    public FileEntry? File { get; init; }

    public override IEnumerable<(string At, string Id)> Named => [(At, Id)];
}
