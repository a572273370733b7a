using System.Text.RegularExpressions;
using Harness.Analysis;
using Harness.Cli;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

/// <summary>The errors that GitHub shows of a run: which, how many, and in which form.</summary>
public sealed partial class GitHubAnnotationsTests
{
    [TestCaseSource(typeof(CapturedRuns), nameof(CapturedRuns.All))]
    public void There_is_one_exactly_where_the_exit_code_is_not_0(KeyValuePair<string, Func<RunDocument>> run)
    {
        var document = run.Value();
        Assert.That(Of(document), RunEndings.Of(document) == RunEnding.AsExpected ? Is.Empty : Is.Not.Empty);
    }

    [Test]
    public void It_names_kernel_and_case_and_says_why()
    {
        var failed = Samples.Case("raw.a.b.struct.none") with { Status = CaseStatus.Fail, AsExpected = false };
        var lines = Of(Samples.Document(
            Samples.Kernel("6.1.5", failed), Samples.Kernel("6.1.6", failed), Samples.Kernel("6.1.7")));
        var (five, six) = (Samples.Kernel("6.1.5").Id, Samples.Kernel("6.1.6").Id);
        Assert.That(lines.Single(),
            Does.StartWith($"::error title={five}%2C {six}%3A raw.a.b.struct.none::").And.Not.EndsWith("::"));
    }

    [Test]
    public void GitHub_shows_ten_so_the_tenth_says_how_many_more_there_are()
    {
        var failed = Enumerable.Range(0, 25)
            .Select(i => Samples.Case($"raw.a.b.c{i}.none") with { Status = CaseStatus.Fail, AsExpected = false });
        var lines = Of(Samples.Document(Samples.Kernel("6.1.5", [.. failed])));
        Assert.That(lines, Has.Count.EqualTo(10));
        Assert.That(lines[^1], Is.EqualTo("::error title=16 more::The report has them all."));
    }

    [Test]
    public void What_guests_say_makes_no_command_of_its_own()
    {
        foreach (var line in Of(HostileTextTests.Hostile()).Concat(Of(WholeRun.Document())))
        {
            Assert.That(line, Does.Match(Command()));
        }
    }

    [TestCase("true", true)]
    [TestCase("false", false)]
    [TestCase(null, false)]
    public void Elsewhere_than_on_GitHub_there_is_none(string? variable, bool written)
    {
        var terminal = new TestTerminal();
        StepAnnotations.Write(terminal.Terminal, variable, Story(WholeRun.Document()));
        Assert.That(terminal.Output, written ? Does.StartWith("::error title=") : Is.Empty);
    }

    private static IReadOnlyList<string> Of(RunDocument document) => GitHubAnnotations.Of(Story(document));

    private static RunStory Story(RunDocument document) => new(document, Catalog.Default.Probes);

    [GeneratedRegex("^::error title=[^:,\r\n]+::[^\r\n]+$")]
    private static partial Regex Command();
}
