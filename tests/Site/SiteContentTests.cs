using System.IO.Compression;
using Harness.Reports;
using Harness.Results;
using Harness.Site;
using Harness.Tests.History;
using Harness.Tests.Support;

namespace Harness.Tests.Site;

/// <summary>What the site has of runs and bisections, and what it leaves out.</summary>
public sealed class SiteContentTests : SiteFixture
{
    private const int Megabyte = 1_000_000;
    private const string Kernel = "debian-6.1.5-1-cloud-amd64";

    [Test]
    public void Only_the_newest_run_has_its_machine_formats_as_they_are()
    {
        WriteRun(1);
        var older = File.ReadAllText(Path.Combine(WriteRun(2), "junit.xml"));
        WriteRun(3);
        Publish();
        foreach (var name in new[] { "results.json", "junit.xml", "kcidb.json", "results.ktap", $"ktap/{Kernel}.txt" })
        {
            Assert.That(Place[$"runs/20260103-020000/{name}"], Does.Exist);
            Assert.That(Place[$"runs/20260102-020000/{name}.gz"], Does.Exist);
            Assert.That(Place[$"runs/20260102-020000/{name}"], Does.Not.Exist);
        }
        using var gzip = new GZipStream(File.OpenRead(Place["runs/20260102-020000/junit.xml.gz"]),
            CompressionMode.Decompress);
        Assert.That(new StreamReader(gzip).ReadToEnd(), Is.EqualTo(older));
        Assert.That(Read("runs/20260102-020000/index.html"),
            Does.Contain("href=\"junit.xml.gz\"").And.Contain($"href=\"ktap/{Kernel}.txt.gz\"")
                .And.Contain($"href=\"console/{Kernel}.txt\"").And.Not.Contain("Not here"));
    }

    [Test]
    public void A_large_run_has_all_its_files_of_KCIDB_there_and_no_other()
    {
        WriteRun(1, ("kcidb-2.json", "{}"), ("kcidb-3.json", "{}"), ("kcidb-5.json", "{}"), ("report-2.md", "mine"));
        WriteRun(2);
        Publish();
        Assert.That(Directory.GetFiles(Place["runs/20260101-020000"], "*-*").Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "kcidb-2.json.gz", "kcidb-3.json.gz" }));
        Assert.That(Read("runs/20260101-020000/index.html"), Does.Contain("href=\"kcidb-3.json.gz\""));
    }

    [Test]
    public void Where_room_ends_the_oldest_goes_first_and_the_pages_say_what()
    {
        for (var day = 1; day <= 4; day++)
        {
            WriteRun(day, ("junit.xml", Noise(day, 300_000)), ("kcidb.json", Noise(day, 300_000)));
        }
        var published = Publish(room: 3);
        Assert.That(published.Bytes, Is.LessThanOrEqualTo(3 * Megabyte));
        Assert.That(Size(), Is.EqualTo(published.Bytes));
        Assert.That(published.Warnings, Is.Empty);
        Assert.That(Kept("junit.xml"), Is.EqualTo(new[] { "04", "03.gz", "02.gz", "01.gz" }));
        Assert.That(Kept("kcidb.json"), Is.EqualTo(new[] { "04", "03.gz" }), "it goes before junit.xml");
        Assert.That(Kept("results.json"), Has.Length.EqualTo(4));
        Assert.That(published.LeftOut, Is.EqualTo(2));
        Assert.That(Read("runs/20260101-020000/index.html"),
            Does.Contain("Not here, as the site may have 3 MB: kcidb.json.").And.Contain("harness report"));
        Assert.That(Read("runs/20260104-020000/index.html"), Does.Not.Contain("Not here"));
        Assert.That(Read("index.html"),
            Does.Contain("The site may have 3 MB").And.Contain("2 runs have not all files"));
        Assert.That(Publish(room: 3), Has.Property("Written").Zero.And.Property("Removed").Zero);
        Assert.That(Publish(room: 300).LeftOut, Is.Zero);
        Assert.That(Kept("kcidb.json"), Has.Length.EqualTo(4), "with more room all is there again");
    }

    [Test]
    public void A_site_whose_pages_alone_are_too_large_is_told_of()
    {
        WriteRun(1, ("report.md", new string('x', 2 * Megabyte)));
        var published = Publish(room: 1);
        Assert.That(published.Warnings.Single(), Does.Contain("it may have 1: publish fewer runs"));
        Assert.That(published.LeftOut, Is.GreaterThan(3));
        Assert.That(Read("runs/20260101-020000/index.html"), Does.Contain("Not here").And.Contain("<td>not here</td>"));
    }

    [Test]
    public void A_report_leads_to_where_the_site_has_its_files()
    {
        var failed = HistoryLab.Night(1, HistoryLab.Kernel("6.1.5") with
        {
            Status = KernelStatus.Crashed,
            Reason = "see \"console/secret.log\" and ](console/secret.log)",
            Console = $"console/{Kernel}.log",
        });
        WriteRun(1, failed);
        WriteRun(2);
        Publish();
        var html = Read("runs/20260101-020000/report.html");
        Assert.That(html, Does.Contain("<a href=\"../../index.html\">All runs</a>")
            .And.Contain("<a href=\"results.json.gz\">results.json.gz</a>")
            .And.Contain($"\"console\":\"console/{Kernel}.txt\"").And.Contain($"<a href=\"console/{Kernel}.txt\">")
            .And.Contain($"\"ktap\":\"ktap/{Kernel}.txt.gz\"")
            .And.Contain("&quot;console/secret.log&quot;").And.Not.Contain("href=\"results.json\""));
        Assert.That(Read("runs/20260101-020000/report.md"), Does.Contain($"](console/{Kernel}.txt)"));
        File.Delete(Path.Combine(Lab.Results, "20260101-020000", "console", $"{Kernel}.log"));
        Publish();
        Assert.That(Read("runs/20260101-020000/report.html"),
            Does.Contain("\"console\":\"index.html\"").And.Contain("<a href=\"index.html\">console</a>"));
    }

    [Test]
    public void A_run_says_whose_kernels_they_are()
    {
        WriteRun(1, HistoryLab.Night(1, HistoryLab.Kernel("6.1.5") with { Line = "el9" }));
        Publish();
        Assert.That(Read("runs/20260101-020000/index.html"), Does.Contain("<td>6.1.5</td><td>el9</td>"));
    }

    [Test]
    public void A_run_says_what_changed_since_the_run_before_of_its_matrix()
    {
        WriteRun(1);
        var other = HistoryLab.Night(2, HistoryLab.Kernel("6.1.5"));
        WriteRun(2, other with { Run = other.Run with { Matrix = "another.yaml" } });
        WriteRun(3, HistoryLab.Night(3, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)));
        WriteRun(4, HistoryLab.Night(4, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)));
        Publish();
        Assert.That(Read("runs/20260101-020000/index.html"), Does.Contain("There is no run before it"));
        Assert.That(Read("runs/20260102-020000/index.html"), Does.Contain("There is no run before it"));
        Assert.That(Read("runs/20260103-020000/index.html"),
            Does.Contain("Since <a href=\"../20260101-020000/index.html\">").And.Contain("New failures (1 verdict)")
                .And.Contain(HistoryLab.StructNone));
        Assert.That(Read("runs/20260104-020000/index.html"), Does.Contain("Nothing changed."));
        Assert.That(Read("index.html"), Does.Contain("Nothing changed since 20260103-020000."));
    }

    [Test]
    public void A_bisection_is_there_with_the_evidence_in_its_own_directory()
    {
        WriteRun(1);
        var directory = Path.Combine(Lab.Results, "bisect-20260131-235959");
        foreach (var name in new[] { "step-1/console/a.log", "step-1/ktap/a.ktap", "../bisect-1/step-1/ktap/b.ktap" })
        {
            var path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "said");
        }
        var golden = Path.Combine(Repository.Find().Path, "tests", "Golden");
        File.Copy(Path.Combine(golden, "bisect.json"), Path.Combine(directory, "bisect.json"));
        File.Copy(Path.Combine(golden, "bisect.md"), Path.Combine(directory, "bisect.md"));
        Publish();
        Assert.That(Read("index.html"), Does.Contain("A range is left")
            .And.Contain("<a href=\"bisections/bisect-20260131-235959/index.html\">raw.a</a>"));
        Assert.That(Read("bisections/bisect-20260131-235959/index.html"),
            Does.Contain("raw.a changed between the two; where exactly is open")
                .And.Contain("<a href=\"step-1/console/a.txt\">console</a>, <a href=\"step-1/ktap/a.txt\">ktap</a>")
                .And.Contain("remembered").And.Contain("<a href=\"bisect.md\">"));
        Assert.That(Directory.GetFiles(Place["bisections"], "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Place["bisections"], f)).Order(StringComparer.Ordinal),
            Is.EqualTo(new[] { "bisect.json", "bisect.md", "index.html", "step-1/console/a.txt", "step-1/ktap/a.txt" }
                .Select(f => $"bisect-20260131-235959/{f}")));
    }

    [TestCase("{")]
    [TestCase("""{ "kind": "releases" }""")]
    [TestCase("[]")]
    public void A_damaged_bisection_is_named_and_left_out(string json)
    {
        WriteRun(1);
        Directory.CreateDirectory(Path.Combine(Lab.Results, "bisect-1"));
        File.WriteAllText(Path.Combine(Lab.Results, "bisect-1", "bisect.json"), json);
        var published = Publish();
        Assert.That(published.Warnings.Single(), Does.StartWith("left out: ").And.Contain("bisect-1"));
        Assert.That(Place["bisections"], Does.Not.Exist);
    }

    [Test]
    public void What_a_killed_publisher_left_is_removed()
    {
        WriteRun(1);
        var left = Place.Write($".harness-site.{int.MaxValue}.tmp/file", "half");
        Publish();
        Assert.That(Path.GetDirectoryName(left), Does.Not.Exist);
        Assert.That(Directory.EnumerateFileSystemEntries(Place.Path, ".harness-site.*.tmp"), Is.Empty);
    }

    [Test]
    public void Every_page_has_a_main_part_and_an_icon_that_is_there()
    {
        WriteRun(1);
        Publish();
        foreach (var (page, icon) in new[]
            { ("index.html", "favicon.ico"), ("latest.html", "favicon.ico"),
                ("runs/20260101-020000/index.html", "../../favicon.ico") })
        {
            Assert.That(Read(page), Does.Contain("<main>").And.Contain($"<link rel=\"icon\" href=\"{icon}\">"));
        }
        Assert.That(File.ReadAllBytes(Place["favicon.ico"]).Take(4), Is.EqualTo(new byte[] { 0, 0, 1, 0 }));
    }

    private string WriteRun(int day, params IEnumerable<(string Name, string Text)> files) =>
        WriteRun(
            day, HistoryLab.Night(day, HistoryLab.Kernel("6.1.5") with { Console = $"console/{Kernel}.log" }), files);

    private string WriteRun(int day, RunDocument document, params IEnumerable<(string Name, string Text)> files)
    {
        var directory = Lab.Write(document);
        foreach (var format in ReportSet.All)
        {
            File.WriteAllText(Path.Combine(directory, format.FileName), format.Write(document));
        }
        foreach (var (name, text) in files.Append(($"console/{Kernel}.log", "Linux version 6.1.5\n"))
            .Append(($"ktap/{Kernel}.ktap", $"KTAP version 1\n# {day}\n")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory, name))!);
            File.WriteAllText(Path.Combine(directory, name), text);
        }
        return directory;
    }

    /// <summary>Text that gzip makes little smaller: hexadecimal digits at random, so half of it stays.</summary>
    private static string Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }

    private Publication Publish(int room = Room) =>
        Publisher().Publish(null, int.MaxValue, room);

    /// <summary>The days whose runs have a file, the newest first; with .gz where it is compressed.</summary>
    private string[] Kept(string name) =>
    [
        .. Directory.GetFiles(Place["runs"], $"{name}*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Place["runs"], f)).OrderDescending(StringComparer.Ordinal)
            .Select(f => f[6..8] + (f.EndsWith(".gz", StringComparison.Ordinal) ? ".gz" : "")),
    ];

    private long Size() =>
        new DirectoryInfo(Place.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    private string Read(string file) => File.ReadAllText(Place[file]);
}
