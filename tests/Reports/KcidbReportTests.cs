using System.Text.Json.Nodes;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;
using NJsonSchema;

namespace Harness.Tests.Reports;

/// <summary>What KernelCI's ingester reads of kcidb.json; make test-consumers has all of its rules.</summary>
public sealed class KcidbReportTests
{
    private const string Version = """{"version":{"major":5,"minor":3},""";

    /// <summary>The beginning of a document's one test.</summary>
    private const string OneTest =
        """ "checkouts":[],"builds":[],"tests":[{"id":"a:b","origin":"a","build_id":"a:c",""";

    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static readonly Dictionary<string, Func<RunDocument>> _runs = new(CapturedRuns.All)
    {
        ["everything"] = WholeRun.Document,
        ["hostile"] = () => HostileTextTests.Hostile(),
        ["a dot"] = () => HostileTextTests.Hostile("."),
    };

    public static IEnumerable<string> Runs => _runs.Keys;

    [TestCaseSource(nameof(Runs))]
    public async Task It_is_valid_by_the_schema_of_its_version(string run) =>
        Assert.That((await SchemaAsync()).Validate(KcidbReport.Format.Write(_runs[run]())), Is.Empty);

    [TestCase("{}")]
    [TestCase("""{"version":{"major":5,"minor":4},"checkouts":[],"builds":[],"tests":[]}""")]
    [TestCase(Version + """ "checkouts":[{"id":"Nobody","origin":"a"}],"builds":[],"tests":[]}""")]
    [TestCase(Version + OneTest + """ "status":"OK"}]}""")]
    [TestCase(Version + OneTest + """ "path":null}]}""")]
    [TestCase(Version + OneTest + """ "path":"a/b"}]}""")]
    [TestCase(Version + OneTest + """ "path":"a..b"}]}""")]
    public async Task The_schema_refuses_what_is_not_KCIDB(string json) =>
        Assert.That((await SchemaAsync()).Validate(json), Is.Not.Empty);

    [TestCase(false, 2.25)]
    [TestCase(true, null)]
    public void What_restoring_a_kernel_takes_is_no_boots_time(bool warm, double? seconds)
    {
        var tests = Read(Samples.Document(Samples.Kernel("6.1.5") with { Warm = warm }))["tests"]!.AsArray();
        Assert.That((double?)tests.Single(t => (string?)t!["path"] == "boot")!["duration"], Is.EqualTo(seconds));
    }

    [TestCaseSource(nameof(Runs))]
    public void Each_id_stands_once_and_refers_to_what_is_there(string run)
    {
        var json = Read(_runs[run]());
        var ids = new[] { "checkouts", "builds", "tests" }.ToDictionary(name => name, name => Texts(json, name, "id"));
        Assert.That(ids.Values, Has.All.Unique);
        Assert.That(Texts(json, "builds", "checkout_id").Distinct(), Is.EquivalentTo(ids["checkouts"]));
        Assert.That(Texts(json, "tests", "build_id").Distinct(), Is.EquivalentTo(ids["builds"]));
    }

    [TestCaseSource(nameof(Runs))]
    public void No_two_checkouts_are_one_to_the_ingester(string run)
    {
        var checkouts = Read(_runs[run]())["checkouts"]!.AsArray().Select(c => c!).ToList();
        Assert.That(checkouts.Select(c => (string)c["start_time"]!), Has.All.EndsWith("Z"), "it drops one without");
        string[] identity = ["tree_name", "git_repository_url", "git_repository_branch"];
        Assert.That(checkouts.Select(c => string.Join('\n', identity.Select(name => (string?)c[name]))), Is.Unique);
        Assert.That(checkouts.Select(c => (string)c["tree_name"]!), Has.All.Not.Empty);
    }

    [Test]
    public void Flavours_of_one_source_package_are_builds_of_one_checkout()
    {
        KernelResult Flavour(string flavour) => Samples.Kernel("6.1.192") with
        {
            Id = $"debian-6.1.192-1-{flavour}",
            Checkout = new KernelCheckout("debian", "6.1.192-1", null, null, flavour),
        };
        var json = Read(Samples.Document([Flavour("amd64"), Flavour("cloud-amd64")]));
        var checkout = json["checkouts"]!.AsArray().Single()!;
        Assert.That((string)checkout["tree_name"]!, Is.EqualTo("debian"));
        Assert.That((string)checkout["git_repository_branch"]!, Is.EqualTo("6.1.192-1"));
        Assert.That((string)checkout["git_commit_name"]!, Is.EqualTo("v6.1.192"));
        Assert.That(Texts(json, "builds", "config_name"), Is.EqualTo(new[] { "amd64", "cloud-amd64" }));
        Assert.That(Texts(json, "builds", "status"), Is.All.EqualTo("PASS"));
    }

    [Test]
    public void A_kernel_built_from_a_commit_names_it_and_says_how_long_the_build_took()
    {
        var kernel = Samples.Kernel("6.1.1") with
        {
            Checkout = new KernelCheckout("linux", "master", "https://example.org/linux.git", Commit, null),
            BuildSeconds = 71.5,
        };
        var json = Read(Samples.Document([kernel]));
        var checkout = json["checkouts"]!.AsArray().Single()!;
        Assert.That((string)checkout["git_commit_hash"]!, Is.EqualTo(Commit));
        Assert.That((string)checkout["git_repository_url"]!, Is.EqualTo("https://example.org/linux.git"));
        Assert.That((double)json["builds"]![0]!["duration"]!, Is.EqualTo(71.5));
        Assert.That((string)json["builds"]![0]!["architecture"]!, Is.EqualTo("x86_64"));
    }

    [Test]
    public void A_commit_that_did_not_build_is_a_failed_build()
    {
        var kernel = Samples.Untested("6.1.1", KernelStatus.Unavailable, "make failed") with
        {
            Sha256 = null,
            Checkout = new KernelCheckout("linux", "master", null, Commit, null),
        };
        Assert.That(Texts(Read(Samples.Document([kernel])), "builds", "status"), Is.EqualTo(new[] { "FAIL" }));
    }

    [TestCase("el9")]
    [TestCase(null)]
    public void A_build_says_whose_kernel_it_is_where_that_is_known(string? line)
    {
        var kernel = Samples.Kernel("6.1.1", Samples.Case("raw.a")) with { Line = line };
        Assert.That((string?)Read(Samples.Document([kernel]))["builds"]![0]!["misc"]!["line"], Is.EqualTo(line));
    }

    [TestCase(KernelStatus.Tested, "PASS")]
    [TestCase(KernelStatus.Crashed, "PASS", "FAIL")]
    [TestCase(KernelStatus.ProbeTimeout, "PASS", "ERROR")]
    [TestCase(KernelStatus.ProbeError, "PASS", "ERROR")]
    [TestCase(KernelStatus.BootFailed, "FAIL")]
    [TestCase(KernelStatus.BootTimeout, "FAIL")]
    [TestCase(KernelStatus.Unavailable, "MISS")]
    [TestCase(KernelStatus.InfraError, "MISS")]
    [TestCase(KernelStatus.NotRun, "MISS")]
    public void Each_kernel_has_a_boot_and_only_this_side_makes_it_MISS(
        KernelStatus status, string boot, string? probing = null)
    {
        var tests = Read(Samples.Document([Samples.Untested("6.1.1", status, "why", asExpected: true)]))["tests"]!;
        Assert.That(tests.AsArray().Select(t => ((string)t!["path"]!, (string)t["status"]!)), Is.EqualTo(
            probing is null ? new[] { ("boot", boot) } : [("boot", boot), ("bpf.map_in_map", probing)]));
    }

    [Test]
    public void A_case_without_a_verdict_is_an_ERROR()
    {
        var document = WholeRun.Document();
        var tests = Read(document)["tests"]!.AsArray().Where(t => t!["misc"]!["kernel_status"] is null);
        var cases = document.Kernels.SelectMany(k => k.Cases).ToList();
        Assert.That(tests.Select(t => (string)t!["status"]!).CountBy(s => s).ToDictionary(), Is.EquivalentTo(
            new Dictionary<string, int>
            {
                ["PASS"] = cases.Count(c => c.Status == CaseStatus.Pass),
                ["FAIL"] = cases.Count(c => c.Status == CaseStatus.Fail),
                ["SKIP"] = cases.Count(c => c.Status == CaseStatus.Skip),
                ["ERROR"] = cases.Count(c => c.Status is CaseStatus.Error or CaseStatus.Flaky),
            }));
    }

    [Test]
    public void A_case_has_a_start_and_a_duration_of_its_own_where_they_are_known()
    {
        var kernel = Samples.Kernel("6.1.1", Samples.Case("raw.a"), Samples.Case("raw.b"), Samples.Case("raw.c")) with
        {
            CaseStarts = [3.5009, 2.25, null],
            CaseSeconds = [0.000612, 0.0000194, null],
        };
        var tests = Read(Samples.Document([kernel]))["tests"]!.AsArray().Skip(1).ToList();
        Assert.That(tests.Select(t => (string)t!["start_time"]!), Is.EqualTo(
            new[] { "2026-02-01T00:00:08.501Z", "2026-02-01T00:00:07.25Z", "2026-02-01T00:00:07.25Z" }));
        Assert.That(tests.Select(t => (double?)t!["duration"]), Is.EqualTo(new double?[] { 0.000612, 0.000019, null }));
    }

    [Test]
    public void Tests_have_the_times_of_their_own_kernel_and_the_machine_that_it_ran_on()
    {
        var json = Read(Samples.Document([Samples.Kernel("6.1.1", Samples.Case("raw.a"))]));
        var (boot, asked) = (json["tests"]![0]!, json["tests"]![1]!);
        Assert.That((string)boot["start_time"]!, Is.EqualTo("2026-02-01T00:00:05Z"));
        Assert.That((double)boot["duration"]!, Is.EqualTo(2.25));
        Assert.That((string)asked["start_time"]!, Is.EqualTo("2026-02-01T00:00:07.25Z"));
        Assert.That((string)asked["environment"]!["misc"]!["platform"]!, Is.EqualTo("qemu-x86_64"));
        Assert.That((string)asked["environment"]!["comment"]!, Is.EqualTo("QEMU emulator version 7.2.22, tcg"));
    }

    [Test]
    public void What_is_made_of_a_file_later_is_what_the_run_wrote()
    {
        var kernel = Samples.Kernel("6.1.1", Samples.Case("raw.a")) with
        {
            BootSeconds = 1.0 / 3,
            BuildSeconds = 2.0 / 3,
        };
        var run = Samples.Document([kernel with { StartedAt = kernel.StartedAt!.Value.AddMilliseconds(718) }]);
        run = run with { Run = run.Run with { StartedAt = run.Run.StartedAt.AddMilliseconds(241) } };
        using var directory = new TemporaryDirectory();
        ResultsFile.Write(directory[ResultsFile.Name], run);
        Assert.That(KcidbReport.Format.Write(ResultsFile.Read(directory.Path)),
            Is.EqualTo(KcidbReport.Format.Write(run)));
    }

    [Test]
    public async Task Published_it_links_to_the_consoles_as_the_site_names_them()
    {
        var document = Samples.Document([Samples.Kernel("6.1.1", Samples.Case("raw.a"))]);
        var text = KcidbReport.Published(new Uri("https://example.org/k/runs/a%20run/")).Write(document);
        Assert.That(Texts(JsonNode.Parse(text)!, "tests", "log_url"), Is.EqualTo(Enumerable.Repeat(
            "https://example.org/k/runs/a%20run/console/debian-6.1.1-1-cloud-amd64.txt", 2)));
        Assert.That((await SchemaAsync()).Validate(text), Is.Empty);
        Assert.That(KcidbReport.Format.Write(document), Does.Not.Contain("log_url"));
    }

    private static Task<JsonSchema> SchemaAsync() => JsonSchema.FromFileAsync(
        Path.Combine(Repository.Find().Path, "tests", "Fixtures", "kcidb-5.3.schema.json"));

    private static JsonNode Read(RunDocument document) => JsonNode.Parse(KcidbReport.Format.Write(document))!;

    private static List<string> Texts(JsonNode json, string list, string name) =>
        [.. json[list]!.AsArray().Select(e => (string)e![name]!)];
}
