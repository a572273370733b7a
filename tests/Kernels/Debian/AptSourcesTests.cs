using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

public sealed class AptSourcesTests
{
    [Test]
    public void Finds_both_bases_among_apts_index_targets()
    {
        var bases = Targets("""
            http://one.example/debian/ bookworm
            http://one.example/debian/ bookworm-updates
            http://two.example/debian-security/ bookworm-security
            """);
        Assert.That((bases?.Main, bases?.Security),
            Is.EqualTo((new Uri("http://one.example/debian/"), new Uri("http://two.example/debian-security/"))));
    }

    [Test]
    public void Another_archive_with_suites_of_the_same_names_is_not_debian() =>
        Assert.That(Targets("https://other.example/linux/ bookworm\nhttp://one.example/debian bookworm")?.Main,
            Is.EqualTo(new Uri("http://one.example/debian/")));

    [Test]
    public void Without_a_security_source_there_is_no_security_base() =>
        Assert.That(Targets("http://one.example/debian bookworm"), Is.EqualTo(
            new ArchiveBases(new Uri("http://one.example/debian/"), null, "apt's sources")));

    [Test]
    public void Another_distributions_sources_are_no_debian_archive() =>
        Assert.That(AptSources.OfIndexTargets("http://one.example/ubuntu/ noble\nhttp://one.example/ubuntu/ "
            + "noble-security", null, _ => ""), Is.Null);

    [Test]
    public void A_mirror_list_stands_for_its_first_usable_address()
    {
        var bases = AptSources.OfIndexTargets("mirror+file:/etc/apt/mirrors/debian.list/ trixie", "trixie",
            path => path == "/etc/apt/mirrors/debian.list"
                ? "# ours first\ncopy:/nowhere\nhttps://one.example/debian\tpriority:1\n"
                : "");
        Assert.That(bases?.Main, Is.EqualTo(new Uri("https://one.example/debian/")));
    }

    [TestCase("cdrom:[Debian]/ bookworm")]
    [TestCase("ssh://one.example/debian bookworm")]
    [TestCase("")]
    [TestCase("E: something else entirely went wrong")]
    public void What_cannot_be_reached_is_left_out(string line) => Assert.That(Targets(line), Is.Null);

    [TestCase("http://one.example/debian", "http://one.example/debian/", "http://one.example/debian-security/")]
    [TestCase("file:///srv/mirror/debian/", "file:///srv/mirror/debian/", "file:///srv/mirror/debian-security/")]
    [TestCase("http://one.example/mirror", "http://one.example/mirror/", null)]
    [TestCase("ftp://one.example/debian", null, null)]
    [TestCase("not a URI", null, null)]
    public void The_security_base_of_a_given_mirror_is_beside_it(string mirror, string? main, string? security)
    {
        var bases = AptSources.Given(mirror, null);
        Assert.That((bases.Main?.AbsoluteUri, bases.Security?.AbsoluteUri), Is.EqualTo((main, security)));
    }

    [Test]
    public void Both_bases_may_be_given() =>
        Assert.That(AptSources.Given("http://one.example/debian", "http://two.example/sec").Security,
            Is.EqualTo(new Uri("http://two.example/sec/")));

    [Test]
    public void On_other_hosts_python_apts_templates_know_the_archive()
    {
        const string Info = """
            ChangelogURI: https://changes.example/

            Suite: {series}
            BaseURI: https://one.example/debian/

            Suite: {series}-security
            BaseURI: https://security.example/

            Suite: {series}-updates
            ParentSuite: {series}
            """;
        Assert.That(AptSources.OfTemplates(Info, ""), Is.EqualTo(new ArchiveBases(
            new Uri("https://one.example/debian/"), new Uri("https://security.example/"),
            "python-apt's list of mirrors")));
        Assert.That(AptSources.OfTemplates("", "#LOC:AT\nhttp://two.example/debian/\n")?.Security,
            Is.EqualTo(new Uri("http://two.example/debian-security/")));
        Assert.That(AptSources.OfTemplates("", ""), Is.Null);
    }

    [TestCase("ID=debian\nVERSION_CODENAME=trixie\n", "trixie")]
    [TestCase("ID=ubuntu\nVERSION_CODENAME=noble\n", null)]
    [TestCase("ID=debian\n", null)]
    [TestCase("", null)]
    public void The_codename_is_that_of_a_debian_machine(string osRelease, string? codename) =>
        Assert.That(AptSources.Codename(osRelease), Is.EqualTo(codename));

    private static ArchiveBases? Targets(string lines) => AptSources.OfIndexTargets(lines, "bookworm", _ => "");
}
