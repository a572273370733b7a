using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis;

/// <summary>What the terminal shows at the end of a run, in lines.</summary>
/// <param name="Table">The first questions on all kernels; <c>null</c> when no kernel reported anything.</param>
/// <param name="Legend">What the table's signs and columns mean.</param>
/// <param name="Answers">The answers to the first questions, and what probes add to them.</param>
/// <param name="Untested">Kernels that could not be tested, or complained; those that ended alike share a line.</param>
/// <param name="Ending">Whether everything is as expected.</param>
public sealed record RunSummaryStory(
    VerdictTable? Table, string Legend, IReadOnlyList<string> Answers, IReadOnlyList<string> Untested, string Ending)
{
    /// <summary>Columns of a table where no first question was asked.</summary>
    private const int Columns = 8;

    private const int MostUntested = 20;

    /// <summary>What the run did not measure itself, and what it measured again.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    internal static RunSummaryStory Of(RunStory story)
    {
        var document = story.Document;
        var probes = story.Probes.AskedBy(document.Run);
        var measured = story.Grid.Kernels.Count > 0;
        return new RunSummaryStory(
            measured ? Questions(story.Grid) : null,
            string.Join(" · ", Signs.Legend.Select(l => $"{l.Sign} {l.Short}"))
                + ColumnsOf(probes),
            [
                .. measured ? FirstAnswers.Of(document, story.Probes).Select(a => a.InWords) : [],
                .. probes.SelectMany(p => p.Story.Summary(document)).Select(s => s.Words),
            ],
            [
                .. document.Kernels.Where(k => k.Status != KernelStatus.Tested || !k.AsExpected).GroupBy(Words.Of)
                    .Take(MostUntested)
                    .Select(g => $"{(g.Count() == 1 ? g.First().Id : $"{g.Count()} kernels")}: {g.Key}"),
            ],
            Expected(document))
        {
            Known = [.. KnownRows.Lines(document)],
        };
    }

    /// <summary>Several probes say which of the columns are theirs, by the first word above them.</summary>
    private static string ColumnsOf(IReadOnlyList<Probe> probes) => probes.Count == 0 ? ""
        : "; columns: " + string.Join(", ", probes.Select(p =>
            p.Words.Columns + (probes.Count == 1 ? "" : $" ({string.Join(", ", p.Layers)})")));

    private static VerdictTable Questions(QuestionGrid grid)
    {
        var questions = grid.Layers.SelectMany(grid.Foremost).ToList();
        return grid.Table(questions.Count > 0 ? questions : [.. grid.Questions.Take(Columns)]);
    }

    private static string Expected(RunDocument document)
    {
        var cases = document.Kernels.Sum(k => k.Cases.Count(c => !c.AsExpected));
        var kernels = document.Kernels.Count(k => !k.AsExpected);
        return cases + kernels == 0
            ? RunEndings.InWords(RunEndings.Of(document))
            : $"Not as expected: {Words.Count(cases, "case")}, {Words.Count(kernels, "kernel")};"
                + " the report lists them.";
    }
}
