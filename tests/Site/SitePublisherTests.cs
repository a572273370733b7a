using System.Text.RegularExpressions;
using Harness.Results;
using Harness.Site;
using Harness.Tests.History;
using Harness.Tests.Support;

namespace Harness.Tests.Site;

public sealed partial class SitePublisherTests : SiteFixture
{
    private static readonly string[] _own = [SiteManifest.Name, "index.html", "latest.html"];

    [Test]
    public void The_site_has_an_index_and_each_run_with_its_reports_and_consoles()
    {
        WriteRun(1, "report.md");
        WriteRun(2, "report.html", "report.md", "badge.svg");
        Publish();
        Assert.That(Files(), Is.EqualTo(_own.Concat(
        [
            "badge.svg", "favicon.ico",
            "runs/20260101-020000/console/debian-6.1.5-1-cloud-amd64.txt", "runs/20260101-020000/index.html",
            "runs/20260101-020000/ktap/debian-6.1.5-1-cloud-amd64.txt.gz",
            "runs/20260101-020000/report.md", "runs/20260101-020000/results.json.gz",
            "runs/20260102-020000/badge.svg", "runs/20260102-020000/console/debian-6.1.5-1-cloud-amd64.txt",
            "runs/20260102-020000/index.html", "runs/20260102-020000/ktap/debian-6.1.5-1-cloud-amd64.txt",
            "runs/20260102-020000/report.html", "runs/20260102-020000/report.md", "runs/20260102-020000/results.json",
        ]).Order(StringComparer.Ordinal)));
        Assert.That(Read("latest.html"),
            Does.Contain("url=runs/20260102-020000/report.html").And.Contain("location.hash"));
        Assert.That(Read("index.html"),
            Does.Contain("Newest run: 20260102-020000").And.Contain("<img src=\"badge.svg\"")
                .And.Contain("Every result is as expected."));
    }

    [Test]
    public void A_kernel_that_complained_is_no_good_news()
    {
        var kernel = HistoryLab.Kernel("6.1.5") with
        {
            Complaints = [new Complaint(ComplaintKind.Warning, "WARNING: x", 1, null)],
            AsExpected = false,
        };
        Lab.Write(HistoryLab.Night(1, kernel));
        Publish();
        Assert.That(Read("runs/20260101-020000/index.html"),
            Does.Contain("<div class=\"why\">complained: WARNING: x</div>").And.Contain("<td class=\"bad\">tested"));
    }

    [Test]
    public void A_matrix_that_no_run_is_of_does_not_empty_the_site()
    {
        WriteRun(1, "report.md");
        Publish();
        var before = Files();
        Assert.That(() =>
            Publisher().Publish("no-such-matrix", int.MaxValue, Room),
            Throws.TypeOf<SiteException>().With.Message.Contains("no-such-matrix"));
        Assert.That(Files(), Is.EqualTo(before));
    }

    [Test]
    public void Every_link_is_relative_and_leads_somewhere()
    {
        WriteRun(1, "report.md");
        WriteRun(2, "report.html", "badge.svg");
        Publish();
        var pages = Files().Where(f => f.EndsWith(".html", StringComparison.Ordinal))
            .Where(f => !f.EndsWith("report.html", StringComparison.Ordinal)).ToList();
        var links = pages.SelectMany(page =>
            Link().Matches(Read(page)).Select(m => (Page: page, Target: m.Groups[1].Value))).ToList();
        Assert.That(links, Has.Count.GreaterThan(8));
        foreach (var (page, target) in links)
        {
            Assert.That(target, Does.Not.Contain(":").And.Not.StartWith("/"));
            Assert.That(Path.Combine(Path.GetDirectoryName(Place[page])!, Uri.UnescapeDataString(target)), Does.Exist,
                $"{page} → {target}");
        }
    }

    [Test]
    public void Published_again_nothing_is_touched()
    {
        WriteRun(1, "report.md", "badge.svg");
        Publish();
        var before = Stamps();
        Assert.That(Publish(), Is.EqualTo((0, 0)));
        Assert.That(Stamps(), Is.EqualTo(before));
        File.SetLastWriteTimeUtc(Path.Combine(Lab.Results, "20260101-020000", "report.md"),
            DateTime.UtcNow.AddHours(1));
        Assert.That(Publish(), Is.EqualTo((0, 0)), "a report that was made again with the same bytes is no change");
        Assert.That(Stamps(), Is.EqualTo(before));
    }

    [Test]
    public void A_new_night_changes_only_what_it_must()
    {
        WriteRun(1, "report.md");
        Publish();
        var before = Stamps();
        WriteRun(2, "report.md");
        Publish();
        Assert.That(Stamps().Where(s => before.TryGetValue(s.Key, out var then) && then != s.Value).Select(s => s.Key)
            .Order(StringComparer.Ordinal), Is.EqualTo(_own.Append("runs/20260101-020000/index.html")),
            "the run before has its files compressed now, and its page says where");
    }

    [Test]
    public void What_is_gone_is_removed_and_what_is_not_its_own_stays()
    {
        WriteRun(1, "report.md");
        WriteRun(2, "report.md");
        Publish();
        Place.Write("CNAME", "kernels.example");
        Place.Write("runs/20260101-020000/notes.txt", "mine");
        Directory.Delete(Path.Combine(Lab.Results, "20260101-020000"), recursive: true);
        Publish();
        Assert.That(Files().Where(f => !f.StartsWith("runs/20260102", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "CNAME", "favicon.ico", "runs/20260101-020000/notes.txt" }.Concat(_own)
                .Order(StringComparer.Ordinal)));
        File.Delete(Place["runs/20260101-020000/notes.txt"]);
    }

    [Test]
    public void Directories_that_are_left_empty_go()
    {
        WriteRun(1, "report.md");
        WriteRun(2, "report.md");
        Publish();
        Directory.Delete(Path.Combine(Lab.Results, "20260101-020000"), recursive: true);
        Publish();
        Assert.That(Directory.GetDirectories(Place["runs"]).Select(Path.GetFileName),
            Is.EqualTo(new[] { "20260102-020000" }));
    }

    [Test]
    public void A_directory_in_use_is_refused_and_left_alone()
    {
        WriteRun(1);
        Place.Write("index.html", "mine");
        Assert.That(() => Publish(), Throws.TypeOf<SiteException>().With.Message.Contains("is not empty"));
        Assert.That((Files(), Read("index.html")), Is.EqualTo((new[] { "index.html" }, "mine")));
    }

    [Test]
    public void A_foreign_file_in_the_way_is_not_written_over()
    {
        WriteRun(1);
        Publish();
        Place.Write("runs/20260102-020000/index.html", "mine");
        WriteRun(2);
        Assert.That(() => Publish(), Throws.TypeOf<SiteException>().With.Message.Contains("in the way"));
        Assert.That(Read("runs/20260102-020000/index.html"), Is.EqualTo("mine"));
    }

    [TestCase("""{ "siteVersion": 1, "files": ["../../outside"] }""")]
    [TestCase("""{ "siteVersion": 1, "files": ["/etc/passwd"] }""")]
    [TestCase("""{ "siteVersion": 1, "files": [null] }""")]
    [TestCase("""{ "siteVersion": 2, "files": [] }""")]
    [TestCase("""{ "files": """)]
    [TestCase("null")]
    public void A_manifest_that_leads_elsewhere_or_is_damaged_is_refused(string manifest)
    {
        WriteRun(1);
        Place.Write(SiteManifest.Name, manifest);
        Assert.That(() => Publish(), Throws.TypeOf<SiteException>().With.Message.Contains(SiteManifest.Name));
    }

    [Test]
    public void Hostile_names_and_words_show_as_themselves()
    {
        const string Hostile = "a\"><script>alert(1)</script> & %2e%2e #?";
        var directory = Lab.Write(HistoryLab.Night(1,
            HistoryLab.Kernel("6.1.5") with
            {
                Id = WholeRun.Hostile,
                Reason = WholeRun.Hostile,
                Status = KernelStatus.Crashed,
                Console = "console/'\"<b>.log"
            }) is var night
            ? night with { Run = night.Run with { Matrix = WholeRun.Hostile } } : null!);
        Directory.CreateDirectory(Path.Combine(directory, "console"));
        File.WriteAllText(Path.Combine(directory, "console", "'\"<b>.log"), "said");
        Directory.Move(directory, Path.Combine(Lab.Results, Hostile.Replace('/', '_')));
        Publish();
        var pages = Files().Where(f => f.EndsWith(".html", StringComparison.Ordinal)).Select(Read).ToList();
        Assert.That(pages, Has.Count.EqualTo(3));
        Assert.That(pages, Has.None.Contains("<script>alert").And.None.Contains("<b>.").And.None.Contains('\u001b'));
        Assert.That(Files(), Has.Some.EndsWith("console/'\"<b>.txt"));
    }

    [TestCase("/etc/passwd")]
    [TestCase("../../../etc/passwd")]
    [TestCase("console/../results.json")]
    public void A_console_elsewhere_is_not_published(string console)
    {
        Lab.Write(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5") with { Console = console }));
        Publish();
        Assert.That(Files(), Has.None.Contains("console").And.None.Contains("passwd"));
        Assert.That(Read("runs/20260101-020000/index.html"),
            Does.Not.Contain("passwd").And.Not.Contain("href=\"console"));
    }

    [Test]
    public void A_link_among_the_consoles_is_not_followed()
    {
        var directory = WriteRun(1);
        File.CreateSymbolicLink(Path.Combine(directory, "console", "stolen.log"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(directory, "report.md"), "/etc/passwd");
        Publish();
        Assert.That(Files(), Has.None.Contains("stolen").And.None.Contains("report.md"));
    }

    [Test]
    public async Task What_is_no_file_among_consoles_and_reports_holds_up_nobody()
    {
        var directory = WriteRun(1);
        await Fifos.MakeAsync(Path.Combine(directory, "console", "endless.log"));
        await Fifos.MakeAsync(Path.Combine(directory, "report.md"));
        await Task.Run(Publish).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(Files(), Has.None.Contains("endless").And.None.Contains("report.md"));
    }

    [Test]
    public async Task A_FIFO_in_the_place_of_the_sites_own_list_holds_up_nobody()
    {
        WriteRun(1);
        await Fifos.MakeAsync(Path.Combine(Directory.CreateDirectory(Place.Path).FullName, ".harness-site.json"));
        await Assert.CatchAsync<SiteException>(() => Task.Run(Publish).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void A_damaged_run_is_named_and_left_out()
    {
        WriteRun(1);
        File.WriteAllText(Path.Combine(WriteRun(2), ResultsFile.Name), "{");
        var published = Publisher().Publish("nightly.yaml", int.MaxValue, Room);
        Assert.That(published.Warnings.Single(), Does.Contain("20260102-020000").And.Contain(":1:"));
        Assert.That(published.Runs, Is.EqualTo(1));
    }

    [Test]
    public void Only_the_runs_asked_for_are_published()
    {
        WriteRun(1);
        WriteRun(2);
        WriteRun(3);
        var other = HistoryLab.Night(4);
        Lab.Write(other with { Run = other.Run with { Matrix = "kernels.yaml" } });
        Publisher().Publish("nightly.yaml", 2, Room);
        Assert.That(Directory.GetDirectories(Place["runs"]).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Is.EqualTo(new[] { "20260102-020000", "20260103-020000" }));
    }

    [Test]
    public void The_pages_depend_on_no_culture()
    {
        WriteRun(1, "report.md");
        var pages = Cultures.Under(() =>
        {
            Publish();
            return Read("index.html") + Read("runs/20260101-020000/index.html");
        });
        Assert.That(pages.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_verb_tells_what_it_did_and_refuses_with_exit_code_2()
    {
        WriteRun(1, "report.md");
        var terminal = new TestTerminal();
        Assert.That(await terminal.RunAsync("publish", "--results", Lab.Results, "--out", Place.Path), Is.Zero,
            terminal.Error);
        Assert.That(terminal.Output,
            Is.EqualTo($"{Place.Path}: 1 runs; 8 files written, 0 unchanged, 0 removed; 1 MB\n"));
        Assert.That(await terminal.RunAsync("publish", "--results", Lab.Results, "--out", Lab.Results),
            Is.EqualTo(2));
        Assert.That(await terminal.RunAsync("publish", "--results", Lab.Results), Is.EqualTo(2));
    }

    private string WriteRun(int day, params string[] reports)
    {
        var directory = Lab.Write(HistoryLab.Night(day, HistoryLab.Kernel("6.1.5")));
        foreach (var report in reports)
        {
            File.WriteAllText(Path.Combine(directory, report), $"{report} of {day}");
        }
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(directory, "console")).FullName,
            "debian-6.1.5-1-cloud-amd64.log"), "Linux version 6.1.5\n");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(directory, "ktap")).FullName,
            "debian-6.1.5-1-cloud-amd64.ktap"), "KTAP version 1\n");
        return directory;
    }

    private (int Written, int Removed) Publish()
    {
        var published = Publisher().Publish(null, int.MaxValue, Room);
        return (published.Written, published.Removed);
    }

    private List<string> Files() =>
        [.. Directory.EnumerateFiles(Place.Path, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Place.Path, f)).Order(StringComparer.Ordinal)];

    private string Read(string file) => File.ReadAllText(Place[file]);

    /// <summary>What rsync and others look at.</summary>
    private Dictionary<string, string> Stamps() =>
        Files().ToDictionary(f => f, f =>
            $"{File.GetLastWriteTimeUtc(Place[f]).Ticks} {new FileInfo(Place[f]).Length} "
            + $"{File.ReadAllText(Place[f]).GetHashCode(StringComparison.Ordinal)}");

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Link();
}
