using System.Text.RegularExpressions;

namespace Harness.Tests.Architecture;

/// <summary>The pages for people: links lead somewhere, and the first page stays short.</summary>
public sealed partial class DocumentTests
{
    private const int MostLinesOfReadme = 120;

    private static readonly string _repository = Repository.Find().Path;

    private static readonly string[] _folders = [".", "docs", "docs/ci", "results", "bpf", "bpf/inner-maps"];

    public static IEnumerable<string> Pages => _folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(_repository, folder), "*.md"))
        .Select(path => Path.GetRelativePath(_repository, path)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Pages))]
    public void Links_lead_to_files_and_headings(string page)
    {
        var path = Path.Combine(_repository, page);
        var broken = LinkPattern().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !Leads(path, link));
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void The_readme_is_short_and_names_the_two_commands()
    {
        var text = File.ReadAllText(Path.Combine(_repository, "README.md"));
        Assert.That(text.Split('\n'), Has.Length.LessThanOrEqualTo(MostLinesOfReadme));
        Assert.That(text, Does.Contain("make run").And.Contain("make test"));
    }

    [Test]
    public void Examples_are_parts_of_the_files_that_they_name()
    {
        var text = File.ReadAllText(Path.Combine(_repository, "CONTRIBUTING.md"));
        var examples = ExamplePattern().Matches(text)
            .Select(match => (File: match.Groups["file"].Value, Code: match.Groups["code"].Value)).ToList();
        Assert.That(examples, Has.Count.GreaterThanOrEqualTo(4));
        Assert.That(examples.Where(example => !File.ReadAllText(Path.Combine(_repository, example.File))
            .Contains(example.Code, StringComparison.Ordinal)).Select(example => example.File), Is.Empty);
    }

    private static bool Leads(string page, string link)
    {
        var (file, anchor) = link.Split('#') is [var first, var second] ? (first, second) : (link, null);
        var target = file.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, file);
        return Path.Exists(target) && (anchor is null || Anchors(File.ReadAllText(target)).Contains(anchor));
    }

    /// <summary>The anchors that a forge makes of a page's headings: lower case, hyphens, no punctuation.</summary>
    private static IEnumerable<string> Anchors(string text) => HeadingPattern().Matches(text)
        .Select(match => NotInAnchor().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"(?m)^`(?<file>[\w./]+)`:\n\n```\w+\n(?<code>[\s\S]*?)^```")]
    private static partial Regex ExamplePattern();

    [GeneratedRegex("(?m)^#+ (.+)$")]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex NotInAnchor();
}
