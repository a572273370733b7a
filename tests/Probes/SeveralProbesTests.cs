using System.Text.Json;
using System.Xml.Linq;
using Harness.Analysis;
using Harness.Probes;
using Harness.Reports;
using Harness.Reports.Html;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Probes;

/// <summary>
/// A second probe is told of in every report, and nothing of the first one's forms is taken for its own.
/// </summary>
public sealed class SeveralProbesTests
{
    private const string InnerMaps = "raw.array_of_maps.array.struct.none";

    private static readonly ProbeList _probes = new([.. Samples.Probes.All, ToyProbe.Instance]);

    private static readonly RunDocument _both = Run(
        [new ProbeInfo("inner-maps", "Where struct-typed inner maps work", Samples.Sha256, 1), ToyProbe.Info],
        [Samples.Case(InnerMaps), Samples.Case(ToyProbe.Breaks, CaseStatus.Fail), Samples.Case(ToyProbe.Works)]);

    private static readonly RunDocument _toys = Run(
        [ToyProbe.Info], [Samples.Case(ToyProbe.Breaks, CaseStatus.Fail), Samples.Case(ToyProbe.Works)]);

    [Test]
    public void Each_probes_questions_are_answered_in_tables_of_their_own()
    {
        var report = MarkdownReport.Write(new RunStory(_both, _probes));
        Assert.That(report, Does.StartWith("# Where struct-typed inner maps work; What toys do\n"));
        Assert.That(report,
            Does.Contain("- Template typed by a struct, inner map without BTF: accepted 6.1.5 – 6.12.43.\n"));
        Assert.That(report, Does.Contain("- The toy works: accepted 6.1.5 – 6.12.43.\n"));
        Assert.That(report, Does.Contain("Layer `toy`, toy (what is played with):\n\n| kernel | works |\n"));
        Assert.That(report, Does.Contain("All other questions, layer `toy`"));
        Assert.That(report, Does.Contain("Numbers count toys."));
    }

    [Test]
    public void A_probe_alone_has_the_report_to_itself()
    {
        var report = MarkdownReport.Write(new RunStory(_toys, _probes));
        Assert.That(report, Does.StartWith("# What toys do\n"));
        Assert.That(report, Does.Not.Contain("template").And.Not.Contain("BTF"));
    }

    [Test]
    public void A_probes_rules_explain_its_own_cases()
    {
        var result = _both.Kernels[0].Cases.Single(c => c.Id == ToyProbe.Breaks);
        Assert.That((result.Cause, result.Source), Is.EqualTo(("the toy is broken.", "the toy's maker")));
        Assert.That(result.Workaround, Is.EqualTo("Works on all 2 kernels of this run (works): take the other one."));
    }

    [Test]
    public void Ids_fold_in_the_form_of_their_probe() => Assert.That(
        CasePatterns.Of([ToyProbe.Works, ToyProbe.Breaks, InnerMaps, "toy.a.b", "odd.one"], _probes),
        Is.EqualTo(new[] { "odd.one", InnerMaps, "toy.a.b", "toy.{breaks,works}" }));

    [Test]
    public void The_page_has_the_fields_of_both()
    {
        var page = HtmlReport.Write(new RunStory(_both, _probes));
        Assert.That(page, Does.Contain("""["layer","Layer"],["outer","Outer map"]"""));
        Assert.That(page, Does.Contain("""["toy","Toy"]]"""));
        Assert.That(page, Does.Contain("""["toy","works","works",1]""").And.Contain("""["toy","breaks","breaks",0]"""));
    }

    [Test]
    public void Machines_read_which_probe_a_case_belongs_to()
    {
        var story = new RunStory(_both, _probes);
        var junit = XDocument.Parse(Written(stream => JUnitReport.Format.WriteTo(story, stream)));
        Assert.That(junit.Root!.Attribute("name")!.Value, Is.EqualTo("map-in-map toys 20260131-235959"));
        using var kcidb = JsonDocument.Parse(Written(stream => KcidbReport.Format.WriteTo(story, stream)));
        var paths = kcidb.RootElement.GetProperty("tests").EnumerateArray()
            .Select(t => t.GetProperty("path").GetString());
        Assert.That(paths.Distinct(), Is.EqualTo(new[]
        {
            "boot", $"bpf.map_in_map.{InnerMaps}", $"shop.toys.{ToyProbe.Breaks}", $"shop.toys.{ToyProbe.Works}",
        }));
    }

    [Test]
    public void The_badge_is_the_first_probes() => Assert.That(
        new[] { _both, _toys }.Select(run => BadgeReport.Write(new RunStory(run, _probes))),
        Is.EqualTo(new[] { "struct inner maps: works 6.1 – 6.12", "toys: broken 6.1 – 6.12" })
            .Using<string, string>((svg, title) => svg.Contains($"<title>{title}</title>", StringComparison.Ordinal)));

    [Test]
    public void No_two_probes_share_a_name_or_a_layer()
    {
        Assert.That(() => new ProbeList(ToyProbe.Instance, ToyProbe.Instance), Throws.ArgumentException);
        Assert.That(() => new ProbeList(ToyProbe.Instance, ToyProbe.Instance with { Name = "other" }),
            Throws.ArgumentException.With.Message.Contains("the layer 'toy'"));
    }

    private static RunDocument Run(IReadOnlyList<ProbeInfo> probes, IReadOnlyList<CaseResult> cases) => RunAnalysis.Of(
        Samples.Run() with { Probes = probes }, [Samples.Kernel("6.1.5", cases), Samples.Kernel("6.12.43", cases)],
        _probes);

    private static string Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
