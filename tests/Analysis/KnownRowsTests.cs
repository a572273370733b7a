using System.Text.Json.Nodes;
using Harness.Analysis;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>How reports tell what a run measured from what it took over.</summary>
public sealed class KnownRowsTests
{
    private static readonly KnownFrom _monday = new("20261123-020000", At(23));
    private static readonly KnownFrom _tuesday = new("20261124-020000", At(24));

    private static readonly RunDocument _document = Samples.Document(
        Kernel("5.10.262") with { Known = _monday }, Kernel("6.1.192") with { Known = _tuesday }, Kernel("6.12.118"));

    [Test]
    public void A_run_that_measured_all_says_nothing() =>
        Assert.That(KnownRows.Lines(Samples.Document(Kernel("6.1.192"))), Is.Empty);

    [Test]
    public void The_last_lines_of_a_run_say_what_was_known() => Assert.That(KnownRows.Lines(_document), Is.EqualTo(
        ["Known: 2 of 3 kernels were not booted, but measured from 2026-11-23 to 2026-11-24."]));

    [Test]
    public void A_kernel_that_agrees_with_itself_is_good_news() => Assert.That(
        KnownRows.Lines(Samples.Document(Again("6.1.192"))), Is.EqualTo(["Measured again: 1 kernel, all as before."]));

    [Test]
    public void One_that_does_not_is_named_with_its_cases()
    {
        var document = Samples.Document(Again("6.1.192", "raw.a", "raw.b", "raw.c", "raw.d"), Again("6.12.118"));
        const string Id = "debian-6.1.192-1-cloud-amd64";
        const string Disagreement = "disagrees with what the same image answered on 2026-11-23 (run 20261123-020000): "
            + "raw.a, raw.b, raw.c (and 1 more)";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(KnownRows.Lines(document),
                Is.EqualTo([$"Measured again: 2 kernels, of which 1 disagrees with itself: {Id}."]));
            Assert.That(Words.Of(document.Kernels[0]), Is.EqualTo($"tested, and {Disagreement}"));
            Assert.That(new RunStory(document, Samples.Probes).Summary.Untested,
                Is.EqualTo([$"{Id}: tested, and {Disagreement}"]));
            Assert.That(WrittenReport.Markdown(document), Does.Contain("disagrees with itself"));
            Assert.That(RunEndings.Of(document), Is.EqualTo(RunEnding.Unexpected));
        }
    }

    [Test]
    public void Reports_for_people_say_it_first_and_name_the_runs()
    {
        const string Head = "3 of 3 kernels tested (2 of them by earlier runs, from 2026-11-23 to 2026-11-24)";
        Assert.That(WrittenReport.Markdown(_document), Does.Contain(Head).And.Contain("## Known from earlier runs"));
        Assert.That(WrittenReport.Markdown(_document), Does.Contain(
            "Measured on 2026-11-23 by run 20261123-020000: debian-5.10.262-1-cloud-amd64"));
        Assert.That(WrittenReport.Html(_document), Does.Contain("(2 of them by earlier runs,").And
            .Contain("Known from earlier runs"));
    }

    [Test]
    public void So_do_those_for_machines()
    {
        var kcidb = JsonNode.Parse(KcidbReport.Format.Write(_document))!;
        var boots = kcidb["tests"]!.AsArray().Where(t => (string?)t!["path"] == "boot")
            .Select(t => (string?)t!["misc"]!["measured_by_run"]);
        const string Words = "measured on 2026-11-24 by run 20261124-020000";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(boots, Is.EquivalentTo([_monday.Run, _tuesday.Run, null]));
            Assert.That(JUnitReport.Format.Write(_document),
                Does.Contain($"""<property name="known" value="{Words}" />"""));
            Assert.That(KtapReport.Format.Write(_document), Does.Contain(Words));
        }
    }

    [Test]
    public void A_comparison_says_which_of_its_kernels_were_measured_once()
    {
        var older = Samples.Document(Kernel("6.1.192"), Kernel("6.12.118"));
        older = older with { Run = older.Run with { Id = _monday.Run } };
        var newer = Samples.Document(Kernel("6.1.192") with { Known = _monday }, Kernel("6.12.118"));
        Assert.That(RunDiff.Of(older, newer, Samples.PlaceOf, Samples.Probes).Notes, Has.One.EqualTo(
            "1 kernel measured once, by 20261123-020000: the newer run, or both, took that over"));
    }

    private static DateTimeOffset At(int day) => new(2026, 11, day, 2, 3, 4, TimeSpan.Zero);

    private static KernelResult Kernel(string version) => Samples.Kernel(version, Samples.Case(Question));

    private static KernelResult Again(string version, params IReadOnlyList<string> changed) => Kernel(version) with
    {
        MeasuredAgain = new MeasuredAgain(_monday.Run, _monday.MeasuredAt, changed),
        AsExpected = changed.Count == 0,
    };

    private const string Question = "raw.array_of_maps.array.struct.none";
}
