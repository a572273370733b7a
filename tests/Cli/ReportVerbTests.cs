using Harness.Matrix;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

public sealed class ReportVerbTests
{
    private TemporaryDirectory _directory = null!;
    private TestTerminal _terminal = null!;

    [SetUp]
    public void MakeRun()
    {
        _directory = new TemporaryDirectory();
        _terminal = new TestTerminal();
        ResultsFile.Write(_directory[ResultsFile.Name], WholeRun.Document());
    }

    [TearDown]
    public void RemoveRun() => _directory.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_strict_junit_is_written_when_it_is_asked_for(bool strict)
    {
        string[] options = strict ? ["--junit-strict"] : [];
        await _terminal.RunAsync(["report", _directory.Path, "--format", "junit", .. options]);
        var format = strict ? JUnitReport.Strict : JUnitReport.Format;
        Assert.That(await File.ReadAllTextAsync(_directory[JUnitReport.FileName]),
            Is.EqualTo(format.Write(WholeRun.Document())));
    }

    [Test]
    public async Task Kcidb_links_to_the_consoles_of_the_run_on_a_site()
    {
        await _terminal.RunAsync(
            "report", _directory.Path, "--format", "kcidb", "--site", "https://example.org/kernels/");
        var run = $"https://example.org/kernels/runs/{Path.GetFileName(_directory.Path)}";
        Assert.That(await File.ReadAllTextAsync(_directory[KcidbReport.FileName]),
            Does.Contain($"\"log_url\":\"{run}/console/debian-6.1.192-1-cloud-amd64.txt\""));
    }

    [TestCase("example.org")]
    [TestCase("/srv/www")]
    [TestCase("ftp://example.org")]
    public async Task A_site_is_an_address_of_the_web(string site)
    {
        Assert.That(await _terminal.RunAsync("report", _directory.Path, "--site", site), Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.Contain($"--site: '{site}' is no address"));
        Assert.That(_directory[KcidbReport.FileName], Does.Not.Exist);
    }

    [TestCase("")]
    [TestCase(ResultsFile.Name)]
    public async Task Reports_are_made_again_beside_the_results(string named)
    {
        Assert.That(await _terminal.RunAsync("report", Path.Combine(_directory.Path, named)),
            Is.EqualTo(ExitCodes.AsExpected), _terminal.Error);
        var written = _terminal.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(written.Select(Path.GetFileName), Is.EqualTo(ReportSet.All.Select(f => f.FileName)));
        Assert.That(await File.ReadAllTextAsync(_directory[MarkdownReport.FileName]),
            Is.EqualTo(WrittenReport.Markdown(WholeRun.Document())));
        Assert.That(Directory.GetFiles(_directory.Path), Has.Length.EqualTo(1 + ReportSet.All.Count),
            "nothing temporary is left");
    }

    [Test]
    public async Task Only_the_formats_asked_for_are_made()
    {
        Assert.That(await _terminal.RunAsync("report", _directory.Path, "--format", " md ,"),
            Is.EqualTo(ExitCodes.AsExpected));
        Assert.That(_terminal.Output.Trim(), Is.EqualTo(_directory[MarkdownReport.FileName]));
    }

    [Test]
    public async Task A_format_that_is_not_known_is_refused_with_those_that_are()
    {
        Assert.That(await _terminal.RunAsync("report", _directory.Path, "--format", "md,docx"),
            Is.EqualTo(ExitCodes.Usage));
        Assert.That(_terminal.Error, Does.StartWith("harness: --format: 'docx' is not known; the formats are md"));
        Assert.That(File.Exists(_directory[MarkdownReport.FileName]), Is.False);
    }

    [Test]
    public async Task The_schema_verb_prints_the_schema()
    {
        Assert.That(await _terminal.RunAsync("schema"), Is.EqualTo(ExitCodes.AsExpected));
        Assert.That(_terminal.Output, Is.EqualTo(new MatrixSchema(Matrices.Form).Generate()));
    }
}
