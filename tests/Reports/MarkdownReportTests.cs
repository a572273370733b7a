using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

public sealed class MarkdownReportTests
{
    [Test]
    public void A_run_in_which_everything_happened() =>
        Golden.Matches("report.md", WrittenReport.Markdown(WholeRun.Document()));

    [Test]
    public void A_run_in_which_all_is_well() =>
        Golden.Matches("report-all-well.md", WrittenReport.Markdown(Samples.Document(
        Samples.Kernel("6.12.43", Samples.Case("raw.array_of_maps.array.struct.none")),
        Samples.Kernel("7.0.4", Samples.Case("raw.array_of_maps.array.struct.none")))));

    [Test]
    public void A_run_in_which_nothing_could_be_tested() =>
        Golden.Matches("report-nothing-tested.md", WrittenReport.Markdown(Samples.Document(
        Samples.Untested("6.1.5", KernelStatus.InfraError, "qemu-system-x86_64: no memory") with { Console = null })));

    [Test]
    public void A_run_that_differs_from_its_baseline_and_in_itself() =>
        Golden.Matches("report-changed.md", WrittenReport.Markdown(ChangedRun.Newer()));

    [Test]
    public void A_run_that_differs_from_its_baseline_in_nothing()
    {
        var document = WholeRun.Document();
        var changes = RunDiff.Of(document, document, Samples.PlaceOf, Samples.Probes);
        Assert.That(WrittenReport.Markdown(document with { Baseline = changes }), Does.Contain(
            "## What changed since 20260131-235959\n\n20260131-235959 → 20260131-235959: "
            + "10 kernels and 15 verdicts compared. **Nothing changed.**\n\n"));
    }

    [Test]
    public void Every_kernel_and_every_reason_is_told()
    {
        var document = WholeRun.Document();
        var text = WrittenReport.Markdown(document);
        Assert.That(document.Kernels.Select(k => k.Id),
            Has.All.Matches<string>(id => text.Contains($"`{id}`", StringComparison.Ordinal)));
        Assert.That(document.Kernels.Where(k => k.Reason is not null && k.Reason != WholeRun.Hostile)
            .Select(k => k.Reason),
            Has.All.Matches<string?>(reason => Plain(text).Contains(reason!, StringComparison.Ordinal)));
    }

    [Test]
    public void The_bytes_depend_on_no_culture() =>
        Assert.That(Cultures.Under(() => WrittenReport.Markdown(WholeRun.Document())).Distinct().Count(),
            Is.EqualTo(1));

    [Test]
    public void The_report_comes_from_the_results_file_alone()
    {
        using var directory = new TemporaryDirectory();
        ResultsFile.Write(directory[ResultsFile.Name], WholeRun.Document());
        Assert.That(WrittenReport.Markdown(ResultsFile.Read(directory.Path)),
            Is.EqualTo(WrittenReport.Markdown(WholeRun.Document())));
    }

    private static string Plain(string markdown) => markdown.Replace("\\", "", StringComparison.Ordinal);
}
