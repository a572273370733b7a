using System.Xml.Linq;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

/// <summary>
/// The badge: well-formed whatever a guest said. The other formats that programs read have their own classes here.
/// </summary>
public sealed class BadgeReportTests
{
    private static readonly Dictionary<string, Func<RunDocument>> _runs =
        new(CapturedRuns.All) { ["everything"] = WholeRun.Document, ["hostile"] = () => HostileTextTests.Hostile() };

    public static IEnumerable<string> Runs => _runs.Keys;

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
        var (ours, theirs) = (Of(("5.10.1", CaseStatus.Pass), ("6.1.2", CaseStatus.Fail)).Kernels,
            Of(("5.14", CaseStatus.Pass)).Kernels.Select(k => k with { Line = "el9" }));
        Assert.That(WrittenReport.Badge(Samples.Document([.. ours, .. theirs])),
            Does.Contain(": works upstream 5.10, el9 5.14 / broken upstream 6.1<"), "no span over lines");
        var alternating = Enumerable.Range(0, 30)
            .Select(i => ($"6.{i}.1", i % 2 == 0 ? CaseStatus.Pass : CaseStatus.Fail)).ToArray();
        Assert.That(WrittenReport.Badge(Of(alternating)), Does.Contain(": works on 15 of 30 kernels<"));
    }
}
