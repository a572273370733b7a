using System.Text;
using Harness.Processes;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

/// <summary>
/// A whole night's kernels: the page can be sent around, GitHub shows the Markdown, and no machine runs out of memory.
/// </summary>
public sealed class ReportSizeTests
{
    private const int Kernels = 80;

    /// <summary>In bytes; the harness may use half a gigabyte, of which the heap is the larger part.</summary>
    private const string Heap = "0x13000000";

    [TestCase(600)]
    [TestCase(1425)]
    public void Eighty_kernels_fit(int cases)
    {
        var document = LargeRun.Document(Kernels, cases);
        Assert.That(document.Kernels.Sum(k => k.Cases.Count), Is.EqualTo(Kernels * cases));
        Assert.That(Encoding.UTF8.GetByteCount(WrittenReport.Html(document)), Is.LessThan(3 * 1000 * 1000));
        Assert.That(Encoding.UTF8.GetByteCount(WrittenReport.Markdown(document)), Is.LessThan(900 * 1000));
        Assert.That(WrittenReport.Badge(document), Has.Length.LessThan(2000));
    }

    [Test]
    public async Task All_reports_of_eighty_kernels_and_600_cases_are_made_in_little_memory()
    {
        using var directory = new TemporaryDirectory();
        ResultsFile.Write(directory[ResultsFile.Name], LargeRun.Document(Kernels, 600));
        var result = await RealRun.Harness("report", directory.Path)
            .WithEnvironmentVariable("DOTNET_GCHeapHardLimit", Heap).TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.Zero, result.Describe());
    }

    [Test]
    public async Task The_bytes_depend_on_no_time_zone()
    {
        var written = new List<string[]>();
        foreach (var zone in new[] { "UTC", "Asia/Kathmandu", "XYZ+11:30" })
        {
            using var directory = new TemporaryDirectory();
            ResultsFile.Write(directory[ResultsFile.Name], WholeRun.Document());
            var result = await RealRun.Harness("report", directory.Path).WithEnvironmentVariable("TZ", zone)
                .TryRunAsync(CancellationToken.None);
            Assert.That(result.ExitCode, Is.Zero, result.Describe());
            written.Add([.. ReportSet.All.Select(f => File.ReadAllText(directory[f.FileName]))]);
        }
        Assert.That(written, Is.All.EqualTo(ReportSet.All.Select(f => f.Write(WholeRun.Document()))));
    }
}
