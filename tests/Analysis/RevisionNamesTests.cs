using Harness.Analysis;
using Harness.Cli;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>Kernels built from commits, of which many have one version.</summary>
public sealed class RevisionNamesTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";

    private static readonly RunDocument _document = Samples.Document(
        Of("base", CaseStatus.Pass), Of("planted", CaseStatus.Fail), Of("v6.12.118", CaseStatus.Pass),
        Of(new string('c', 40), CaseStatus.Fail));

    private static readonly string[] _names =
        ["6.12.118 (base)", "6.12.118 (planted)", "6.12.118", "6.12.118 (cccccccccccc)"];

    [Test]
    public void Ranges_name_the_revision() => Assert.That(
        Ranges.Compute(_document.Kernels).Single().Segments.SelectMany(s => new[] { s.From, s.To }).Distinct(),
        Is.EquivalentTo(_names));

    [Test]
    public void The_tables_rows_name_the_revision()
    {
        var grid = new QuestionGrid(_document, Samples.Probes);
        Assert.That(grid.Table(grid.Questions).Rows.Select(r => r.Name), Is.EquivalentTo(_names));
    }

    [Test]
    public void What_changed_is_told_between_revisions()
    {
        var names = new KernelNames(_document);
        Assert.That(_document.Kernels.Select(names.Of), Is.EqualTo(_names));
    }

    [TestCase("Markdown")]
    [TestCase("HTML")]
    [TestCase("terminal")]
    public void Every_first_screen_tells_them_apart(string where)
    {
        var terminal = new TestTerminal();
        RunSummary.Write(terminal.Terminal, new RunStory(_document, Samples.Probes), "/results/1", []);
        var text = where switch
        {
            "Markdown" => WrittenReport.Markdown(_document),
            "HTML" => WrittenReport.Html(_document),
            _ => terminal.Output,
        };
        Assert.That(_names.Where(name => !text.Contains(name, StringComparison.Ordinal)), Is.Empty);
        Assert.That(text, Does.Not.Contain("accepted 6.12.118 · rejected 6.12.118"));
    }

    [Test]
    public void Two_builds_of_one_revision_are_told_apart_by_their_ids()
    {
        var document = Samples.Document(
            Of("HEAD", CaseStatus.Pass), Of("HEAD", CaseStatus.Pass) with { Id = "kasan-HEAD" });
        var names = new KernelNames(document);
        Assert.That(document.Kernels.Select(names.Of), Is.EqualTo(new[] { "git-HEAD", "kasan-HEAD" }));
    }

    private static KernelResult Of(string revision, CaseStatus status) =>
        Samples.Kernel("6.12.118", Samples.Case(Case, status)) with
        {
            Id = $"git-{revision}",
            Checkout = new KernelCheckout("linux", revision, null, new string('c', 40), null),
        };
}
