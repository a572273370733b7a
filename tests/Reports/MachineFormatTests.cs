using System.Text.Json;
using System.Xml.Linq;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;
using NJsonSchema;

namespace Harness.Tests.Reports;

/// <summary>
/// What programs read: well-formed whatever a guest said, with every kernel and every verdict in its place.
/// </summary>
public sealed class MachineFormatTests
{
    private const string Version = """{"version":{"major":5,"minor":3},""";

    /// <summary>The beginning of a document's one test.</summary>
    private const string OneTest =
        """ "checkouts":[],"builds":[],"tests":[{"id":"a:b","origin":"a","build_id":"a:c",""";

    private static readonly Dictionary<string, Func<RunDocument>> _runs =
        new(CapturedRuns.All) { ["everything"] = WholeRun.Document, ["hostile"] = () => HostileTextTests.Hostile() };

    public static IEnumerable<string> Runs => _runs.Keys;

    [TestCaseSource(nameof(Runs))]
    public async Task KCIDB_is_valid_by_the_schema_of_its_version(string run)
    {
        var schema =
            await JsonSchema.FromFileAsync(
                Path.Combine(Repository.Find().Path, "tests", "Fixtures", "kcidb-5.3.schema.json"));
        Assert.That(schema.Validate(WrittenReport.Of(KcidbReport.WriteTo, _runs[run]())), Is.Empty);
    }

    [TestCase("{}")]
    [TestCase("""{"version":{"major":5,"minor":4},"checkouts":[],"builds":[],"tests":[]}""")]
    [TestCase(Version + """ "checkouts":[{"id":"Nobody","origin":"a"}],"builds":[],"tests":[]}""")]
    [TestCase(Version + OneTest + """ "status":"OK"}]}""")]
    [TestCase(Version + OneTest + """ "path":null}]}""")]
    [TestCase(Version + OneTest + """ "path":"a/b"}]}""")]
    public async Task The_schema_refuses_what_is_not_KCIDB(string json)
    {
        var schema =
            await JsonSchema.FromFileAsync(
                Path.Combine(Repository.Find().Path, "tests", "Fixtures", "kcidb-5.3.schema.json"));
        Assert.That(schema.Validate(json), Is.Not.Empty);
    }

    [TestCaseSource(nameof(Runs))]
    public void KCIDB_has_each_id_once_and_refers_to_what_is_there(string run)
    {
        using var json = JsonDocument.Parse(WrittenReport.Of(KcidbReport.WriteTo, _runs[run]()));
        var ids =
            new[] { "checkouts", "builds", "tests" }.ToDictionary(name => name, name => Strings(json, name, "id"));
        Assert.That(ids.Values, Has.All.Unique);
        Assert.That(Strings(json, "builds", "checkout_id").Distinct(), Is.SubsetOf(ids["checkouts"]));
        Assert.That(Strings(json, "tests", "build_id").Distinct(), Is.SubsetOf(ids["builds"]));
    }

    [Test]
    public void KCIDB_says_ERROR_for_no_verdict_and_MISS_for_a_kernel_that_could_not_be_tested()
    {
        var document = WholeRun.Document();
        using var json = JsonDocument.Parse(WrittenReport.Of(KcidbReport.WriteTo, document));
        var statuses = Strings(json, "tests", "status").CountBy(s => s).ToDictionary();
        var cases = document.Kernels.SelectMany(k => k.Cases).ToList();
        Assert.That(statuses, Is.EquivalentTo(new Dictionary<string, int>
        {
            ["PASS"] = cases.Count(c => c.Status == CaseStatus.Pass),
            ["FAIL"] = cases.Count(c => c.Status == CaseStatus.Fail),
            ["SKIP"] = cases.Count(c => c.Status == CaseStatus.Skip),
            ["ERROR"] = cases.Count(c => c.Status is CaseStatus.Error or CaseStatus.Flaky),
            ["MISS"] = document.Kernels.Count(k => k.Status != KernelStatus.Tested),
        }));
    }

    [TestCaseSource(nameof(Runs))]
    public void A_badge_is_a_picture_with_words(string run)
    {
        var svg = XDocument.Parse(WrittenReport.Badge(_runs[run]())).Root!;
        Assert.That(svg.Name.LocalName, Is.EqualTo("svg"));
        Assert.That(svg.Descendants().Select(e => e.Name.LocalName).Distinct(),
            Is.SubsetOf(new[] { "title", "clipPath", "rect", "g", "text" }));
    }

    [Test]
    public void A_badge_names_only_series_that_were_run()
    {
        RunDocument Of(params (string Version, CaseStatus Status)[] kernels) =>
            Samples.Document(
                [.. kernels.Select(k =>
                    Samples.Kernel(k.Version, Samples.Case("raw.array_of_maps.array.struct.none", k.Status)))]);
        Assert.That(
            WrittenReport.Badge(
                Of(("5.10.1", CaseStatus.Pass), ("6.1.2", CaseStatus.Fail), ("6.12.3", CaseStatus.Pass),
                    ("7.0.4", CaseStatus.Pass))),
            Does.Contain(": works 5.10, 6.12 – 7.0 / broken 6.1<"));
        Assert.That(WrittenReport.Badge(Of(("6.1.2", CaseStatus.Fail), ("6.1.3", CaseStatus.Pass))),
            Does.Contain(": works 6.1 / broken 6.1<"));
        Assert.That(WrittenReport.Badge(Of(("6.1.2", CaseStatus.Skip))), Does.Contain(": 1 of 1 kernels tested<"));
        var booted = Of(("6.12.43", CaseStatus.Pass), ("6.18.5", CaseStatus.Pass)).Kernels;
        Assert.That(
            WrittenReport.Badge(Samples.Document(
                [booted[0], Samples.Untested("6.16.3", KernelStatus.BootFailed, "panic"), booted[1]])),
            Does.Contain(": works 6.12, 6.18<"), "no span over a kernel that did not boot");
        var alternating = Enumerable.Range(0, 30)
            .Select(i => ($"6.{i}.1", i % 2 == 0 ? CaseStatus.Pass : CaseStatus.Fail)).ToArray();
        Assert.That(WrittenReport.Badge(Of(alternating)), Does.Contain(": works on 15 of 30 kernels<"));
    }

    private static List<string> Strings(JsonDocument json, string list, string name) =>
        [.. json.RootElement.GetProperty(list).EnumerateArray().Select(e => e.GetProperty(name).GetString()!)];
}
