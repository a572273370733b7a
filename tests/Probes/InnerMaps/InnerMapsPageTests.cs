using System.Text.RegularExpressions;
using Harness.Analysis;
using Harness.Probes;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.InnerMaps;

/// <summary>docs/inner-maps.md speaks of cases that there are, and a run can write it.</summary>
public sealed partial class InnerMapsPageTests
{
    private static readonly Repository _repository = Repository.Find();

    private static readonly string _page = Path.Combine(_repository.Path, "docs", "inner-maps.md");

    private IReadOnlyList<ProbeCase> _cases = [];

    [OneTimeSetUp]
    public async Task ListCasesAsync() => _cases =
        (await NativeProgram.LoadAsync("inner-maps", _repository.Prober, CancellationToken.None)).Cases;

    [Test]
    public void Its_markers_name_cases()
    {
        var problems = new List<string>();
        var parts = PageMarkers.Find(_page, File.ReadAllLines(_page), problems);
        Assert.That(problems, Is.Empty);
        Assert.That(parts, Has.Count.GreaterThan(10));
        Assert.That(parts.SelectMany(p => p.Cases).Where(glob => !IsCase(glob)).Select(g => g.Pattern), Is.Empty);
    }

    [Test]
    public void Cases_that_it_names_elsewhere_are_there()
    {
        var text = string.Join(
            '\n', File.ReadLines(_page).Where(line => !line.StartsWith("<!--", StringComparison.Ordinal)));
        var named = CaseInText().Matches(text).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.That(named, Has.Count.GreaterThan(10));
        Assert.That(named.Where(id => !IsCase(new Glob(id))), Is.Empty);
    }

    [Test]
    public void Its_tables_are_written()
    {
        var lines = File.ReadAllLines(_page);
        Assert.That(PageMarkers.Find(_page, lines, []).Where(part => !lines[part.Start..part.End]
            .Any(line => line.StartsWith("| `", StringComparison.Ordinal))).Select(part => part.Start + 1), Is.Empty);
    }

    [Test]
    public void A_run_of_this_prober_writes_it_and_writes_the_same_again()
    {
        using var directory = new TemporaryDirectory();
        var copy = directory.Write("page.md", File.ReadAllText(_page));
        var run = Samples.Document(Samples.Kernel(
            "6.1.192", [.. _cases.Select(c => Samples.Case(c.Id, CaseStatus.Pass, c.Want))]));
        var story = new RunStory(run, Samples.Probes);
        Assert.That(MarkedPages.Update(story, [copy]), Is.EqualTo(new[] { copy }));
        var written = File.ReadAllText(copy);
        Assert.That(MarkedPages.Update(story, [copy]), Is.Empty);
        Assert.That(File.ReadAllText(copy), Is.EqualTo(written));
        Assert.That(Unmarked(written), Is.EqualTo(Unmarked(File.ReadAllText(_page))));
    }

    /// <summary>What a run does not write.</summary>
    private static IReadOnlyList<string> Unmarked(string text)
    {
        var lines = text.Split('\n');
        var parts = PageMarkers.Find(_page, lines, []);
        return [.. lines.Where((_, i) => !parts.Any(p => p.Start < i && i < p.End))];
    }

    private bool IsCase(Glob glob) => _cases.Any(c => glob.Matches(c.Id));

    [GeneratedRegex(@"`((?:raw|libbpf)\.[^`\s]*\.[^`\s]*)`")]
    private static partial Regex CaseInText();
}
