using Harness.Probes;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>What stands below a point that says why: a cause, the cases it holds for, and one source for all.</summary>
internal static class ReasonedCases
{
    /// <param name="cases">Each with its cause, if one is known.</param>
    public static IReadOnlyList<Block> Of(
        IEnumerable<(string Case, Sentence? Why)> cases, string? source, ProbeList probes)
    {
        var blocks = new List<Block>();
        foreach (var group in cases.GroupBy(c => c.Why).OrderByDescending(g => g.Count()))
        {
            var patterns = Patterns(group.Select(c => c.Case), probes);
            blocks.Add(group.Key is { } why ? new Block.Points([new Item(why, patterns)], Spaced: true) : patterns);
        }
        if (source is not null)
        {
            blocks.Add(new Block.Paragraph(new Sentence(Phrase.Emphasis("Source:"), " ", Phrase.Cited(source))));
        }
        return blocks;
    }

    /// <summary>The cases alone.</summary>
    public static IReadOnlyList<Block> Of(IEnumerable<string> cases, ProbeList probes) => [Patterns(cases, probes)];

    /// <summary>As few patterns as say which cases are meant.</summary>
    public static Block.Points Patterns(IEnumerable<string> cases, ProbeList probes) =>
        new([.. CasePatterns.Of(cases, probes).Select(pattern => new Item(new Sentence(Phrase.Code(pattern))))]);
}
