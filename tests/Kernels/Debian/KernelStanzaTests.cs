using Harness.Kernels.Apt;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

public sealed class KernelStanzaTests
{
    private static readonly string _hash = new('a', 64);

    [Test]
    public void Finds_the_images_of_both_generations_and_no_metapackage()
    {
        var index = string.Join('\n',
            Stanza("bash", "5.2-1", "libc6"),
            Stanza("linux-image-6.1.0-56-cloud-amd64", "6.1.192-2", "kmod, linux-base (>= 4.3~)"),
            Stanza("linux-image-6.1.0-56-cloud-amd64-dbg", "6.1.192-2", ""),
            Stanza("linux-image-6.12-cloud-amd64", "6.12.117-1",
                "linux-image-6.12.117+deb12-cloud-amd64 (= 6.12.117-1)"),
            Stanza("linux-image-7.2.13+deb14-cloud-amd64", "7.2.13-1",
                "linux-base, linux-binary-7.2.13+deb14-cloud-amd64 (= 7.2.13-1)"),
            Stanza("linux-binary-7.2.13+deb14-cloud-amd64", "7.2.13-1",
                "linux-base-7.2.13+deb14-cloud-amd64 (= 7.2.13-1)"));
        Assert.That(Read(index).Select(k => k.Package),
            Is.EqualTo(new[] { "linux-image-6.1.0-56-cloud-amd64", "linux-binary-7.2.13+deb14-cloud-amd64" }));
    }

    [Test]
    public void Keeps_what_a_download_needs()
    {
        var stanza = Read(Stanza("linux-image-6.1.0-56-amd64", "6.1.192-2", "")).Single();
        Assert.That(stanza, Is.EqualTo(new PackageStanza(
            "linux-image-6.1.0-56-amd64", "6.1.192-2", "pool/main/l/linux/linux-image-6.1.0-56-amd64.deb",
            4711, _hash)));
    }

    [TestCase("Filename: pool/main/l/linux/linux-image-6.1.0-56-amd64.deb", "Filename: pool/../../evil.deb")]
    [TestCase("Filename: pool/main/l/linux/linux-image-6.1.0-56-amd64.deb", "Filename: //elsewhere.example/x.deb")]
    [TestCase("Size: 4711", "Size: -1")]
    [TestCase("SHA256: ", "SHA256: z")]
    [TestCase("Version: 6.1.192-2", "Version: what")]
    public void Leaves_out_what_cannot_be_trusted_or_used(string right, string wrong) =>
        Assert.That(
            Read(Stanza("linux-image-6.1.0-56-amd64", "6.1.192-2", "").Replace(right, wrong, StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void Fields_may_go_on_in_further_lines()
    {
        var stanzas = Deb822.Read(new StringReader("A: 1\n  2\n\t3\nB: x\n\n\nA: 4\n"), "A").ToList();
        Assert.That(stanzas.Select(s => s["A"]), Is.EqualTo(new[] { "1\n2\n3", "4" }));
    }

    [Test]
    public void A_release_file_says_hashes_and_how_long_it_is_valid()
    {
        var release = ReleaseFile.Parse($"""
            Origin: Debian
            Suite: unstable
            Codename: sid
            Valid-Until: Fri, 6 Nov 2026 08:08:01 UTC
            Acquire-By-Hash: yes
            MD5Sum:
             0123 1 main/binary-amd64/Packages.xz
            SHA256:
             {_hash}   10824484 main/binary-amd64/Packages.xz
             broken line
            """);
        Assert.That(release.Files["main/binary-amd64/Packages.xz"], Is.EqualTo(new IndexFile(_hash, 10824484)));
        Assert.That(release.ValidUntil, Is.EqualTo(new DateTimeOffset(2026, 11, 6, 8, 8, 1, TimeSpan.Zero)));
        Assert.That((release.AcquireByHash, release.Is("sid"), release.Is("unstable"), release.Is("trixie")),
            Is.EqualTo((true, true, true, false)));
    }

    private static List<PackageStanza> Read(string index) =>
        [.. PackageStanza.ReadAll(new StringReader(index), KernelStanza.Filter)];

    private static string Stanza(string package, string version, string depends) => $"""
        Package: {package}
        Version: {version}
        Architecture: amd64
        Depends: {depends}
        Description: a package
         of which more is said here
        Filename: pool/main/l/linux/{package}.deb
        Size: 4711
        SHA256: {_hash}

        """;
}
