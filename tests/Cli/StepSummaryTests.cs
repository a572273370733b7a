using System.Text;
using Harness.Cli;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

public sealed class StepSummaryTests
{
    private const int Limit = 1024 * 1024;

    private static readonly string _long = "# title\n\n"
        + string.Concat(Enumerable.Range(0, 40).Select(i => $"## chapter {i}\n\n{new string('ä', 20_000)}\n\n"));

    [Test]
    public void It_is_appended_to_what_earlier_programs_said()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("summary", "before\n");
        StepSummary.Append(new TestTerminal().Terminal, path, "# report\n");
        Assert.That(File.ReadAllText(path), Is.EqualTo("before\n# report\n"));
    }

    [TestCase(null)]
    [TestCase("")]
    public void Elsewhere_than_on_GitHub_nothing_is_written(string? path) =>
        Assert.DoesNotThrow(() => StepSummary.Append(new TestTerminal().Terminal, path, "# report\n"));

    [Test]
    public void What_cannot_be_written_is_said_and_harms_no_run()
    {
        var terminal = new TestTerminal();
        StepSummary.Append(terminal.Terminal, "/proc/no/such/file", "# report\n");
        Assert.That(terminal.Error, Does.Contain(StepSummary.Variable));
    }

    [Test]
    public void What_GitHub_would_not_take_is_shortened_by_whole_chapters()
    {
        var text = StepSummary.Fit(_long, Limit);
        Assert.That(Encoding.UTF8.GetByteCount(text), Is.LessThanOrEqualTo(Limit).And.GreaterThan(Limit / 2));
        Assert.That(text, Does.StartWith("# title").And.Contain("## chapter 24\n").And.EndsWith("is whole.*\n"));
        Assert.That(_long, Does.StartWith(text[..text.LastIndexOf("\n*Shortened", StringComparison.Ordinal)]));
    }

    [Test]
    public void What_fits_is_whole() => Assert.That(StepSummary.Fit(_long, 2 * Limit), Is.EqualTo(_long));

    [Test]
    public void Where_not_even_the_notice_fits_there_is_nothing() => Assert.That(StepSummary.Fit(_long, 10), Is.Empty);
}
