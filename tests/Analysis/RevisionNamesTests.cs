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

    [Test]
    public void Two_flavours_of_one_version_are_told_apart_in_each_table_and_range()
    {
        const string Cloud = "debian-6.1.192-2-cloud-amd64";
        const string Full = "debian-6.1.192-2-amd64";
        var kernels = new[] { (Cloud, CaseStatus.Pass), (Full, CaseStatus.Fail) }.Select(k =>
            Samples.Kernel("6.1.192", Samples.Case(Case, k.Item2) with { Cause = $"a cause of {k.Item2}" }) with
            {
                Id = k.Item1,
            });
        var document = Samples.Document([.. kernels, Samples.Kernel("6.12.43", Samples.Case(Case, CaseStatus.Pass))]);
        var grid = new QuestionGrid(document, Samples.Probes);
        Assert.That(grid.Table(grid.Questions).Rows.Select(r => r.Name),
            Is.EquivalentTo(new[] { Cloud, Full, "6.12.43" }));
        Assert.That(Ranges.Compute(document.Kernels).Single().Segments.Select(s => s.From),
            Is.EqualTo(new[] { Full, Cloud }), "the last kernel goes on as the one before it");
        var terminal = new TestTerminal();
        RunSummary.Write(terminal.Terminal, new RunStory(document, Samples.Probes), "/results/1", []);
        foreach (var text in new[]
        {
            terminal.Output, WrittenReport.Markdown(document), WrittenReport.Html(document),
        })
        {
            Assert.That(text, Does.Contain(Cloud).And.Contain(Full).And.Not.Contain("rejected 6.1.192 "));
        }
    }

    [Test]
    public void The_causes_of_a_transition_between_two_flavours_name_their_kernels()
    {
        var (one, other) = (Skipped("debian-6.1.192-2-cloud-amd64"), Skipped("debian-6.1.192-2-rt-amd64"));
        var transition = Transitions.Of([one, other]).Single();
        Assert.That(transition.Cause, Does.Contain($"{one.Id}: ").And.Contain($"{other.Id}: "));

        static KernelResult Skipped(string id) => Samples.Kernel("6.1.192", Samples.Case(
            Case, id.Contains("cloud", StringComparison.Ordinal) ? CaseStatus.Skip : CaseStatus.Fail) with
        {
            Cause = $"a cause of {id}'s",
        }) with
        {
            Id = id,
        };
    }

    private static KernelResult Of(string revision, CaseStatus status) =>
        Samples.Kernel("6.12.118", Samples.Case(Case, status)) with
        {
            Id = $"git-{revision}",
            Checkout = new KernelCheckout("linux", revision, null, new string('c', 40), null),
        };
}
