using System.Text.RegularExpressions;
using Harness.Kernels.Apt;

namespace Harness.Kernels.Debian;

/// <summary>Tells the packages with kernel images among those of an index of the Debian archive.</summary>
public static partial class KernelStanza
{
    public static PackageFilter Filter { get; } = new(null, IsImage);

    /// <summary>
    /// The package as a suite lists it; <c>null</c> when the stanza makes no sense (a damaged cache).
    /// </summary>
    /// <param name="mirror">The archive that the matrix names for it; <c>null</c> for the one in use.</param>
    public static DebianPackage? ToPackage(
        PackageStanza stanza, string suite, string architecture, Uri? mirror = null) =>
        IsPoolPath(stanza.Filename) && KernelPackageName.TryParse(stanza.Package) is { } name
        && DebianVersion.TryParse(stanza.Version) is { } version && KernelVersion.TryParse(stanza.Version) is not null
            ? new DebianPackage(
                suite, ArchiveBases.Of(suite), stanza.Package, version, name.Abi, name.Flavour, architecture,
                name.Signed, stanza.Filename, stanza.Size, stanza.Sha256)
            {
                Mirror = mirror,
            }
            : null;

    /// <summary>A path in the pool that cannot lead elsewhere.</summary>
    public static bool IsPoolPath(string path) =>
        path.StartsWith("pool/", StringComparison.Ordinal) && PackageStanza.IsPath(path);

    // Named like an image's package and without one: linux-image-6.12-cloud-amd64 follows a series, and since 6.19
    // linux-image-ABI-FLAVOUR only draws in linux-binary-, linux-modules- and the rest.
    private static bool IsImage(string package, string depends) =>
        KernelPackageName.TryParse(package) is not null && !DependsOnImage().IsMatch(depends);

    [GeneratedRegex(@"(^|[\s,|])linux-(image|binary)-", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DependsOnImage();
}
