namespace Harness.Kernels.Images;

/// <summary>A kernel image of this machine in a matrix.</summary>
/// <param name="Id">The kernel's id in results.</param>
/// <param name="File">The image's path, absolute.</param>
/// <param name="Version">The upstream version; <c>null</c> where the matrix does not say.</param>
public sealed record ImageEntry(string At, string Id, string File, KernelVersion? Version) : KernelEntry(At)
{
    public override IEnumerable<(string At, string Id)> Named => [(At, Id)];
}
