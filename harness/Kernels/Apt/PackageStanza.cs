using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Kernels.Apt;

/// <summary>One stanza of a <c>Packages</c> index: what the cache keeps of the index.</summary>
/// <param name="Filename">The path under the archive's base.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed partial record PackageStanza(string Package, string Version, string Filename, long Size, string Sha256)
{
    /// <summary>
    /// Finds packages in an index. Stanzas that lack what a download needs are no use and left out.
    /// </summary>
    public static IEnumerable<PackageStanza> ReadAll(TextReader index, PackageFilter filter) =>
        Deb822.Read(index, "Package", "Version", "Depends", "Filename", "Size", "SHA256")
            .Where(stanza => filter.IsWanted(
                stanza.GetValueOrDefault("Package", ""), stanza.GetValueOrDefault("Depends", "")))
            .Select(TryRead)
            .OfType<PackageStanza>();

    /// <summary>A path of a package below an archive's base that cannot lead elsewhere.</summary>
    public static bool IsPath(string path) => PackagePath().IsMatch(path) && !path.Split('/').Contains("..");

    private static PackageStanza? TryRead(IReadOnlyDictionary<string, string> stanza)
    {
        string Field(string name) => stanza.GetValueOrDefault(name, "");
        return DebianVersion.TryParse(Field("Version")) is not null
            && IsPath(Field("Filename"))
            && long.TryParse(Field("Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && Hashes.IsSha256(Field("SHA256"))
            ? new PackageStanza(Field("Package"), Field("Version"), Field("Filename"), size, Field("SHA256"))
            : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9+._~][A-Za-z0-9+._~:/%-]*\.deb\z", RegexOptions.CultureInvariant)]
    private static partial Regex PackagePath();
}
