using System.Text.RegularExpressions;
using Harness.Analysis;
using Harness.Story;

namespace Harness.Reports.Html;

/// <summary>What all components of one page share.</summary>
public sealed partial class HtmlContext(RunStory story)
{
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    /// <summary>Finds commits and issues in texts that are not a guest's.</summary>
    public HtmlReferences References { get; } = new(story.References);

    /// <summary>A name that nothing else on the page has: readers choose among regions by name.</summary>
    /// <param name="between">Stands before the number of a name that comes again.</param>
    public string Unique(string name, string between = ", part ")
    {
        var times = _names[name] = _names.GetValueOrDefault(name) + 1;
        return times == 1 ? name : $"{name}{between}{HtmlWords.Number(times)}";
    }

    /// <summary>A name for a region with a table.</summary>
    public string NameOf(VerdictTable table) =>
        Unique($"Verdicts by {table.RowHead}, layer "
            + string.Join(", ", table.Columns.Select(c => c.Layer).Distinct()));

    /// <summary>
    /// The id of a chapter, and so the part of its address behind the number sign. It stays while the heading does.
    /// </summary>
    public string IdOf(Section section) =>
        Unique("section-" + NotOfAnId().Replace(section.Title?.Words.ToLowerInvariant() ?? "", "-").Trim('-'), "-");

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotOfAnId();
}
