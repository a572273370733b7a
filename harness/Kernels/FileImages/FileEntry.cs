namespace Harness.Kernels.FileImages;

/// <summary>A file with a kernel in a matrix.</summary>
/// <param name="Id">The kernel's id in results.</param>
/// <param name="Place">Where the file is, on this machine or elsewhere.</param>
/// <param name="Sha256">What the matrix says of its content, lower-case hex; <c>null</c> where it says nothing.</param>
/// <param name="Version">The upstream version; <c>null</c> where the matrix does not say.</param>
public sealed record FileEntry(string At, string Id, Uri Place, string? Sha256, KernelVersion? Version)
    : KernelEntry(At)
{
    public override IEnumerable<(string At, string Id)> Named => [(At, Id)];
}
