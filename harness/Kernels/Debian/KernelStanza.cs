using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Kernels.Debian;

/// <summary>
/// One stanza of a <c>Packages</c> index that describes a kernel image: what the cache keeps of the index.
/// </summary>
public sealed partial record KernelStanza(string Package, string Version, string Filename, long Size, string Sha256)
{
    /// <summary>
    /// Finds the kernel images of an index. Stanzas that lack what a download needs are no use and left out.
    /// </summary>
    public static IEnumerable<KernelStanza> ReadAll(TextReader index) =>
        Deb822.Read(index, "Package", "Version", "Depends", "Filename", "Size", "SHA256")
            .Select(TryRead)
            .OfType<KernelStanza>();

    /// <summary>
    /// The package as a suite lists it; <c>null</c> when the stanza makes no sense (a damaged cache).
    /// </summary>
    public DebianPackage? ToPackage(string suite, string architecture) =>
        KernelPackageName.TryParse(Package) is { } name
        && DebianVersion.TryParse(Version) is { } version && KernelVersion.TryParse(Version) is not null
            ? new DebianPackage(
                suite, ArchiveBases.Of(suite), Package, version, name.Abi, name.Flavour, architecture, name.Signed,
                Filename, Size, Sha256)
            : null;

    /// <summary>A path in the pool that cannot lead elsewhere.</summary>
    public static bool IsPoolPath(string path) => PoolPath().IsMatch(path) && !path.Split('/').Contains("..");

    private static KernelStanza? TryRead(IReadOnlyDictionary<string, string> stanza)
    {
        string Field(string name) => stanza.GetValueOrDefault(name, "");
        var isImage = KernelPackageName.TryParse(Field("Package")) is not null && !IsMetapackage(Field("Depends"));
        return isImage
            && DebianVersion.TryParse(Field("Version")) is not null
            && IsPoolPath(Field("Filename"))
            && long.TryParse(Field("Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && Hashes.IsSha256(Field("SHA256"))
            ? new KernelStanza(Field("Package"), Field("Version"), Field("Filename"), size, Field("SHA256"))
            : null;
    }

    // Named like an image's package and without one: linux-image-6.12-cloud-amd64 follows a series, and since 6.19
    // linux-image-ABI-FLAVOUR only draws in linux-binary-, linux-modules- and the rest.
    private static bool IsMetapackage(string depends) => DependsOnImage().IsMatch(depends);

    [GeneratedRegex(@"(^|[\s,|])linux-(image|binary)-", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DependsOnImage();

    [GeneratedRegex(@"^pool/[A-Za-z0-9+._~:/%-]+\.deb\z", RegexOptions.CultureInvariant)]
    private static partial Regex PoolPath();
}
