using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Harness.Kernels.Rpm;

/// <summary>Reads the lists of a repository, as createrepo_c writes them.</summary>
internal static partial class RpmMetadata
{
    private static readonly XNamespace _repo = "http://linux.duke.edu/metadata/repo";
    private static readonly XNamespace _common = "http://linux.duke.edu/metadata/common";

    /// <summary>A document of a stranger: no entities, no other files.</summary>
    private static readonly XmlReaderSettings _settings =
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The list of packages that a repomd.xml names.</summary>
    /// <returns><c>null</c> where it names none with a SHA256.</returns>
    /// <exception cref="XmlException">It is no XML.</exception>
    public static RpmList? PrimaryOf(string repomd)
    {
        using var reader = XmlReader.Create(new StringReader(repomd), _settings);
        var data = XDocument.Load(reader).Root?.Elements(_repo + "data")
            .FirstOrDefault(element => element.Attribute("type")?.Value == "primary");
        var location = data?.Element(_repo + "location")?.Attribute("href")?.Value;
        var checksum = data?.Element(_repo + "checksum");
        return location is not null && IsPath(location) && checksum?.Attribute("type")?.Value == "sha256"
            && Hashes.IsSha256(checksum.Value.Trim())
            ? new RpmList(location, checksum.Value.Trim(), Number(data!.Element(_repo + "size")?.Value) ?? 0) : null;
    }

    /// <summary>The wanted packages of a list. Those that lack what a download needs are left out.</summary>
    /// <exception cref="XmlException">It is no XML.</exception>
    public static IEnumerable<RpmPackage> ReadAll(Stream list, Func<string, string, bool> isWanted)
    {
        using var reader = XmlReader.Create(list, _settings);
        reader.MoveToContent();
        while (reader.ReadToFollowing("package", _common.NamespaceName))
        {
            using var part = reader.ReadSubtree();
            var package = XElement.Load(part);
            var (name, arch) = (Text(package, "name"), Text(package, "arch"));
            if (isWanted(name, arch) && Read(package, name, arch) is { } read)
            {
                yield return read;
            }
        }
    }

    /// <summary>A path below a repository's base that cannot lead elsewhere.</summary>
    public static bool IsPath(string path) => PathPattern().IsMatch(path) && !path.Split('/').Contains("..");

    private static RpmPackage? Read(XElement package, string name, string arch)
    {
        var version = package.Element(_common + "version");
        var location = package.Element(_common + "location")?.Attribute("href")?.Value ?? "";
        var checksum = package.Element(_common + "checksum");
        return version?.Attribute("ver")?.Value is { } upstream && version.Attribute("rel")?.Value is { } release
            && IsPath(location)
            && checksum?.Attribute("type")?.Value == "sha256" && Hashes.IsSha256(checksum.Value.Trim())
            && Number(package.Element(_common + "size")?.Attribute("package")?.Value) is { } size
            ? new RpmPackage(
                name, new RpmVersion((int)(Number(version.Attribute("epoch")?.Value) ?? 0), upstream, release), arch,
                location, size, checksum.Value.Trim())
            : null;
    }

    private static string Text(XElement package, string name) => package.Element(_common + name)?.Value ?? "";

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and < int.MaxValue ? number : null;

    [GeneratedRegex(@"^[A-Za-z0-9+._~^][A-Za-z0-9+._~^:/%-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();
}
