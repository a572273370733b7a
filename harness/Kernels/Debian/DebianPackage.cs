using Harness.Kernels.Apt;

namespace Harness.Kernels.Debian;

/// <summary>A package that holds a kernel image, as one suite's index lists it.</summary>
/// <param name="Version">The package's version: <c>6.1.192-2</c>.</param>
/// <param name="Abi">The first part of the guest's <c>uname -r</c>: <c>6.1.0-56</c>, <c>7.2.13+deb14</c>.</param>
/// <param name="Flavour">The rest of <c>uname -r</c>: <c>cloud-amd64</c>.</param>
/// <param name="Architecture">Debian's name of it: <c>amd64</c>.</param>
/// <param name="Signed">For secure boot. The same kernel unsigned is only used where no signed package exists.</param>
/// <param name="Filename">The path under the archive's base: <c>pool/main/…</c>.</param>
/// <param name="Size">The package's size in bytes.</param>
/// <param name="Sha256">Of the package, lower-case hex, from an index that the archive's signature covers.</param>
public sealed record DebianPackage(
    string Suite,
    ArchiveBase Base,
    string Name,
    DebianVersion Version,
    string Abi,
    string Flavour,
    string Architecture,
    bool Signed,
    string Filename,
    long Size,
    string Sha256)
{
    /// <summary>The archive that the matrix names for it; <c>null</c> for the one in use.</summary>
    public Uri? Mirror { get; init; }
}
