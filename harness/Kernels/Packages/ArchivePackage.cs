namespace Harness.Kernels.Packages;

/// <summary>A package in an archive that a matrix names.</summary>
/// <param name="Version">The package's version, as its archive writes it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record ArchivePackage(string Name, string Version, Uri Address, long Size, string Sha256)
{
    /// <summary>
    /// The keys of which one must have signed the package itself, an absolute path; <c>null</c> where a signature of
    /// its index, or a lock, covers the hash.
    /// </summary>
    public string? Keyring { get; init; }
}
