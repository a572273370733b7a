using System.Globalization;
using System.Text;
using Harness.Kernels.Apt;
using Harness.Kernels.Archives;
using Harness.Kernels.Debian;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// An archive's index of packages. What is taken from a stanza leads nowhere but into the archive's pool, is read again
/// as it was from a stanza that holds just that, and versions have one order.
/// </summary>
internal sealed class PackagesTarget : FuzzTarget
{
    private static readonly Uri _archive = new("http://archive.invalid/debian/");

    protected override void Run(byte[] input)
    {
        var stanzas = PackageStanza.ReadAll(
            new StringReader(Encoding.UTF8.GetString(input)), KernelStanza.Filter).ToList();
        foreach (var stanza in stanzas)
        {
            _ = KernelStanza.ToPackage(stanza, "trixie", "amd64");
            Require(ArchiveClient.AddressOf(_archive, stanza.Filename).AbsoluteUri
                .StartsWith(_archive.AbsoluteUri, StringComparison.Ordinal), $"{stanza.Filename} lies in the archive");
            var again = PackageStanza.ReadAll(new StringReader(Write(stanza)), KernelStanza.Filter).ToList();
            Require(again is [var same] && same == stanza, "a stanza is written and read again");
        }
        RequireOneOrder([.. stanzas.Select(s => s.Version).Concat(Encoding.UTF8.GetString(input).Split('\n', 9).Take(8))
            .Select(DebianVersion.TryParse).OfType<DebianVersion>()]);
    }

    private static string Write(PackageStanza stanza) =>
        $"Package: {stanza.Package}\nVersion: {stanza.Version}\nFilename: {stanza.Filename}\n"
            + $"Size: {stanza.Size.ToString(CultureInfo.InvariantCulture)}\nSHA256: {stanza.Sha256}\n\n";

    private static void RequireOneOrder(IReadOnlyList<DebianVersion> versions)
    {
        foreach (var (a, b) in versions.SelectMany(a => versions.Select(b => (a, b))))
        {
            Require(Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a)), $"{a} and {b} have one order");
            Require(!a.Equals(b) || a.GetHashCode() == b.GetHashCode(), $"{a} and {b} are the same, and hash the same");
        }
        var sorted = versions.Order().ToList();
        Require(sorted.Zip(sorted.Skip(1)).All(pair => pair.First <= pair.Second), "versions can be sorted");
    }
}
