using Harness.Kernels;
using Harness.Kernels.Apt;
using Harness.Kernels.Choice;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

public sealed class DebianSelectionTests
{
    private static readonly ArchiveIndex _index = new(
        [
            .. In("bookworm", "6.1.170-3", "6.1.176-1"),
            .. In("bookworm-security", "6.1.176-1", "6.1.190-1", "6.1.192-2"),
            .. In("bullseye", "5.10.218-1"),
            .. In("experimental", "7.3~rc7-1~exp1", "7.3.4-1"),
            .. In("bookworm", ["6.1.192-2"], flavour: "amd64"),
        ],
        []);

    [Test]
    public void Takes_the_newest_of_every_series_oldest_series_first() =>
        Assert.That(Ids(Select(Pick.Newest)), Is.EqualTo(new[]
        {
            "debian-5.10.218-1-cloud-amd64", "debian-6.1.192-2-cloud-amd64", "debian-7.3.4-1-cloud-amd64",
        }));

    [Test]
    public void Takes_oldest_and_newest_and_one_of_a_series_of_one() =>
        Assert.That(Ids(Select(Pick.OldestAndNewest)), Is.EqualTo(new[]
        {
            "debian-5.10.218-1-cloud-amd64", "debian-6.1.170-3-cloud-amd64", "debian-6.1.192-2-cloud-amd64",
            "debian-7.3~rc7-1~exp1-cloud-amd64", "debian-7.3.4-1-cloud-amd64",
        }));

    [Test]
    public void The_next_in_the_direction_of_the_rule_stands_in()
    {
        var picks = Select(Pick.OldestAndNewest).Where(p => p.Kernel.Version!.Series == "6.1").ToList();
        Assert.That(picks[0].StandIns.Select(k => k.Id), Is.EqualTo(Cloud("6.1.176-1", "6.1.190-1", "6.1.192-2")));
        Assert.That(picks[1].StandIns.Select(k => k.Id), Is.EqualTo(Cloud("6.1.190-1", "6.1.176-1", "6.1.170-3")));
        Assert.That(picks[1].StandIns[0].Note, Does.Contain("stands in for debian-6.1.192-2-cloud-amd64"));
    }

    [Test]
    public void Of_all_none_stands_in_for_another()
    {
        var picks = Select(Pick.All);
        Assert.That(picks, Has.Count.EqualTo(7));
        Assert.That(picks.SelectMany(p => p.StandIns), Is.Empty);
    }

    [Test]
    public void A_version_in_several_suites_is_one_kernel_with_several_places()
    {
        var kernel = DebianSelection.Kernels(_index.Packages, ["bookworm-security", "bookworm"], "cloud-amd64")
            .Single(k => k.Version.ToString() == "6.1.176-1");
        Assert.That(kernel.Places.Select(p => (p.Suite, p.Base)), Is.EqualTo(new[]
        {
            ("bookworm-security", ArchiveBase.Security), ("bookworm", ArchiveBase.Main),
        }));
    }

    [Test]
    public void A_package_of_other_content_is_not_another_place()
    {
        var (one, other) =
            (In("bookworm", "6.1.1-1").Single(), In("sid", "6.1.1-1").Single() with { Sha256 = new string('f', 64) });
        Assert.That(DebianSelection.Kernels([one, other], ["bookworm", "sid"], "cloud-amd64").Single().Places,
            Has.Count.EqualTo(1));
    }

    [Test]
    public void An_unsigned_package_counts_where_there_is_no_signed_one()
    {
        var signed = In("bookworm", "6.1.1-1").Single();
        var unsigned = signed with { Signed = false, Name = signed.Name + "-unsigned", Sha256 = new string('e', 64) };
        Assert.That(DebianSelection.Kernels([unsigned, signed], ["bookworm"], "cloud-amd64").Single().Signed, Is.True);
        var only = DebianSelection.Kernels([unsigned], ["bookworm"], "cloud-amd64").Single();
        Assert.That(only.Description, Does.Contain("unsigned"));
    }

    [TestCase("6.1", null, "6.1.170-3 6.1.176-1 6.1.190-1 6.1.192-2 7.3~rc7-1~exp1 7.3.4-1")]
    [TestCase("7.3", null, "7.3~rc7-1~exp1 7.3.4-1")]
    [TestCase(null, "6.1", "5.10.218-1 6.1.170-3 6.1.176-1 6.1.190-1 6.1.192-2")]
    [TestCase("6.1.176", "6.1.190", "6.1.176-1 6.1.190-1")]
    [TestCase("7.3.1", null, "7.3.4-1")]
    public void Bounds_are_inclusive_and_a_bare_series_means_all_of_it(string? from, string? to, string versions) =>
        Assert.That(Ids(Select(Pick.All, from, to)), Is.EqualTo(Cloud(versions.Split(' '))));

    [Test]
    public async Task Versions_are_asked_for_by_name()
    {
        var rule = Rule(Pick.Newest) with { Versions = ["6.1.190-1", "6.1.999-1"] };
        var picks = DebianSelection.Select(rule, _index, ToKernel);
        Assert.That(Ids(picks), Is.EqualTo(Cloud("6.1.190-1", "6.1.999-1")));
        Assert.That(picks.Select(p => p.Kernel.ByName), Is.All.True);
        Assert.That(picks.SelectMany(p => p.StandIns), Is.Empty);
        var absent = await picks[1].Kernel.Source.AcquireAsync(new Progress<long>(), CancellationToken.None);
        Assert.That(absent, Is.InstanceOf<ImageResult.Unavailable>().With.Property("Reason").Contains("6.1.999-1"));
    }

    [Test]
    public void A_kernel_is_described_by_upstream_version_and_architecture()
    {
        var kernel = Select(Pick.Newest)[1].Kernel;
        Assert.That((kernel.Version!.ToString(), kernel.Arch, kernel.DownloadSize, kernel.Description), Is.EqualTo(
            ("6.1.192", "x86_64", 1000L, "debian bookworm-security linux-image-6.1.0-9-cloud-amd64 6.1.192-2")));
    }

    [Test]
    public void Two_picks_never_fall_to_the_same_kernel()
    {
        var picks = Select(Pick.OldestAndNewest).Where(p => p.Kernel.Version!.Series == "6.1").ToList();
        var taken = new TakenKernels(picks);
        string?[] stood =
            [taken.TakeStandIn(picks[0])?.Id, taken.TakeStandIn(picks[1])?.Id, taken.TakeStandIn(picks[0])?.Id];
        Assert.That(stood, Is.EqualTo(new[] { "debian-6.1.176-1-cloud-amd64", "debian-6.1.190-1-cloud-amd64", null }));
    }

    private static IReadOnlyList<PlannedKernel> Select(Pick pick, string? from = null, string? to = null) =>
        DebianSelection.Select(Rule(pick) with { From = KernelVersion.TryParse(from), To = KernelVersion.TryParse(to) },
            _index, ToKernel);

    private static DebianRule Rule(Pick pick) =>
        new(["bullseye", "bookworm", "bookworm-security", "experimental"], "cloud-amd64", null, null, pick, []);

    private static Kernel ToKernel(DebianKernel kernel) =>
        new(kernel.Id, kernel.Upstream, kernel.Architecture.Machine, kernel.Description, new AbsentImageSource(""),
            DownloadSize: kernel.Size);

    private static IEnumerable<string> Ids(IEnumerable<PlannedKernel> picks) => picks.Select(p => p.Kernel.Id);

    private static IEnumerable<string> Cloud(params string[] versions) =>
        versions.Select(v => $"debian-{v}-cloud-amd64");

    private static IEnumerable<DebianPackage> In(string suite, params string[] versions) =>
        In(suite, versions, "cloud-amd64");

    private static IEnumerable<DebianPackage> In(string suite, string[] versions, string flavour) =>
        versions.Select(version => new DebianPackage(
        suite, ArchiveBases.Of(suite), $"linux-image-6.1.0-9-{flavour}", DebianVersion.Parse(version), "6.1.0-9",
        flavour, "amd64",
        Signed: true, $"pool/{suite}/{version}.deb", 1000, new string('a', 64)));
}
