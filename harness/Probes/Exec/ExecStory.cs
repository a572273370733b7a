using Harness.Analysis;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.Exec;

/// <summary>What the probe adds to the story of a run: a sentence for each program.</summary>
internal static class ExecStory
{
    /// <summary>Programs that stand on the first screen; of more, those that pass everywhere are folded away.</summary>
    private const int MostPrograms = 40;

    /// <summary>More columns than a reader looks at.</summary>
    private const int MostColumns = 24;

    public static IReadOnlyList<Block> Answer(RunDocument document)
    {
        var answers = ExecAnswer.Of(document);
        var foremost = answers.Count <= MostPrograms ? answers : [.. answers.Where(a => !a.PassesEverywhere)];
        var rest = answers.Except(foremost).ToList();
        return
        [
            .. foremost.Count == 0 ? Array.Empty<Block>() : [Points(foremost)],
            .. rest.Count == 0 ? Array.Empty<Block>()
                : [new Block.Folded($"{Words.Count(rest.Count, "program")} that pass everywhere", [Points(rest)])],
        ];
    }

    /// <summary>For the terminal: the same sentences, what fails somewhere first.</summary>
    public static IReadOnlyList<Sentence> Summary(RunDocument document)
    {
        var answers = ExecAnswer.Of(document).OrderBy(a => a.PassesEverywhere).ToList();
        var left = answers.Count - MostPrograms;
        return
        [
            .. answers.Take(MostPrograms).Select(a => (Sentence)a.InWords),
            .. left > 0 ? [$"{Words.Count(left, "further program")}: see the report."] : Array.Empty<Sentence>(),
        ];
    }

    /// <summary>Each program, with its tests behind it where they are few.</summary>
    public static IReadOnlyList<string> Columns(IReadOnlyList<CaseId> cases)
    {
        var whole = cases.Where(c => c.Rest.Length == 0).ToList();
        return
        [
            .. (cases.Count <= MostColumns ? cases : whole)
            .OrderBy(c => c[ExecProbe.ProgramPart], StringComparer.Ordinal)
                .ThenBy(c => c.Rest, StringComparer.Ordinal).Select(c => c.Question),
        ];
    }

    private static Block.Points Points(IEnumerable<ExecAnswer> answers) =>
        new([.. answers.Select(a => new Item(a.Sentence))]);
}
