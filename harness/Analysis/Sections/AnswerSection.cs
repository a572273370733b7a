using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>The first screen: the questions that people ask first, what to do, and the tables behind it.</summary>
internal static class AnswerSection
{
    public const string Title = "The answer";

    private const string NothingTested = "No kernel could be tested.";
    private const string NotAsked = "The cases that answer it were not run.";

    public static Section Of(RunDocument document, QuestionGrid grid, ProbeList probes)
    {
        if (grid.Kernels.Count == 0)
        {
            return new Section(null, new Block.Paragraph(NothingTested));
        }
        var answers = FirstAnswers.Of(document, probes);
        var layers = grid.Layers.Where(l => grid.Foremost(l).Count > 0).ToList();
        var own = probes.AskedBy(document.Run).Select(p => p.Story.Answer(document)).ToList();
        return layers.Count == 0 && answers.Count == 0
            ? new Section(Title, new Block.Paragraph(NotAsked))
            : new Section(Title,
            [
                .. answers.Count == 0 ? Array.Empty<Block>() : [new Block.AnswerList(answers)],
                // The sentences of all probes, before a table of one of them fills the screen.
                .. own.SelectMany(blocks => blocks.TakeWhile(IsNoTable)),
                .. own.SelectMany(blocks => blocks.SkipWhile(IsNoTable)),
                .. layers.Select(l => new Block.Verdicts(grid.Table(grid.Foremost(l), Caption(l, probes)))),
                new Block.Paragraph(Legend(probes.AskedBy(document.Run))),
            ]);
    }

    private static bool IsNoTable(Block block) => block is not Block.Verdicts;

    private static Sentence Caption(string layer, ProbeList probes) => new Sentence("Layer ", Phrase.Code(layer))
        + (probes.OfLayer(layer)?.Words is { } words ? $", {words.Question} ({words.QuestionMeaning}):" : ":");

    private static Sentence Legend(IEnumerable<Probe> asked) =>
        string.Join(" · ", Signs.Legend.Select(l => $"{l.Sign} {l.Long}")) + "."
        + string.Concat(asked.Select(p => " " + p.Words.Numbers).Distinct());
}
