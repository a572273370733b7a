using System.Text.RegularExpressions;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

/// <summary>
/// Every format of the run in which everything happened and of captured ones. Golden files are to be read as reports.
/// </summary>
public sealed partial class ReportGoldenTests
{
    private static readonly Dictionary<string, Func<RunDocument>> _runs =
        new(CapturedRuns.All) { ["everything"] = WholeRun.Document };

    private static readonly Dictionary<string, Func<RunDocument>> _documents =
        new(_runs) { ["hostile"] = () => HostileTextTests.Hostile() };

    public static IEnumerable<string> Documents => _documents.Keys;

    public static IEnumerable<TestCaseData> RunsAndFormats =>
        _runs.Keys.SelectMany(_ => ReportSet.All, (run, format) => new TestCaseData(run, format.Name));

    public static IEnumerable<string> Formats => ReportSet.All.Select(f => f.Name);

    [TestCaseSource(nameof(RunsAndFormats))]
    public void A_run_in_a_format(string run, string format)
    {
        var report = Of(format);
        Golden.Matches($"reports/{run}/{report.FileName}", WithoutOwnFiles(report.Write(_runs[run]())));
    }

    /// <summary><c>tests/Consumers</c> renders reports from these documents.</summary>
    [TestCaseSource(nameof(Documents))]
    public void A_run_as_a_document(string run)
    {
        using var directory = new TemporaryDirectory();
        var path = directory[ResultsFile.Name];
        ResultsFile.Write(path, _documents[run]());
        Golden.Matches($"runs/{run}.json", File.ReadAllText(path));
    }

    [Test]
    public void Together_they_have_every_status()
    {
        var kernels = _runs.Values.SelectMany(make => make().Kernels).ToList();
        Assert.That(kernels.Select(k => k.Status).Distinct(), Is.EquivalentTo(Enum.GetValues<KernelStatus>()));
        Assert.That(kernels.SelectMany(k => k.Cases).Select(c => c.Status).Distinct(),
            Is.EquivalentTo(Enum.GetValues<CaseStatus>()));
    }

    [TestCaseSource(nameof(Formats))]
    public void The_bytes_depend_on_no_culture(string format) =>
        Assert.That(Cultures.Under(() => Of(format).Write(WholeRun.Document())).Distinct().Count(), Is.EqualTo(1));

    private static ReportFormat Of(string format) => ReportSet.All.Single(f => f.Name == format);

    /// <summary>The page's style and script are files of their own, which golden files need not repeat.</summary>
    private static string WithoutOwnFiles(string text) =>
        OwnFiles().Replace(Hashes().Replace(text, "sha256-…"), "$1…$2");

    [GeneratedRegex(@"(<style>|<script>).*?(</style>|</script>)", RegexOptions.Singleline)]
    private static partial Regex OwnFiles();

    [GeneratedRegex(@"sha256-[A-Za-z0-9+/=]{44}")]
    private static partial Regex Hashes();
}
