using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>What changed since the run that was given as a baseline.</summary>
internal static class BaselineSection
{
    public static Section? Of(RunDocument document, ProbeList probes)
    {
        if (document.Baseline is not { } changes)
        {
            return null;
        }
        var story = new ChangeStory(changes, document);
        var replacements = story.Replacements();
        return new Section($"What changed since {changes.Older.Id}",
        [
            new Block.Paragraph(story.Changed ? story.Head
                : new Sentence(story.Head + " ", Phrase.Strong("Nothing changed."))),
            .. List(null, [.. story.Notes.Select(n => $"Note: {n}")]),
            .. story.Kernels().Concat(story.Complaints()).SelectMany(k => List(k.Title, k.Lines)),
            .. List("Other point releases", [.. replacements.Select(r => r.Title)]),
            .. Cases(story.Cases(), probes),
            .. replacements.Where(r => r.Sections.Count > 0).SelectMany(r => Replacement(r, probes)),
        ]);
    }

    private static IEnumerable<Block> Replacement(ReplacedKernel replaced, ProbeList probes) =>
    [
        new Block.Heading(new Sentence(Phrase.Code(replaced.Kernels.Went), " → ", Phrase.Code(replaced.Kernels.Came))),
        .. Cases(replaced.Sections, probes),
    ];

    private static IEnumerable<Block> List(string? title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            yield break;
        }
        if (title is not null)
        {
            yield return new Block.Paragraph(new Sentence(Phrase.Strong(title), ":"));
        }
        yield return new Block.Points([.. lines.Select(line => new Item(line))]);
    }

    private static IEnumerable<Block> Cases(IReadOnlyList<ChangeSection> sections, ProbeList probes) =>
        sections.SelectMany(section => new Block[]
        {
            new Block.Paragraph(new Sentence(
                Phrase.Strong(section.Title), $" ({Words.Count(section.Verdicts, "verdict")}):")),
            new Block.Points(
            [
                .. section.Groups.Select(g => new Item(
                    $"{g.What}, on {g.Where} ({Words.Count(g.Cases.Count, "case")})",
                    ReasonedCases.Of(g.Cases, probes))),
            ], Spaced: true),
        });
}
