using Harness.Analysis;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.Exec;

/// <summary>What the probe adds to the story of a run: a sentence for each program.</summary>
internal static class ExecStory
{
    /// <summary>More columns than a reader looks at.</summary>
    private const int MostColumns = 24;

    public static IReadOnlyList<Block> Answer(RunDocument document) => Answers(document).Blocks();

    /// <summary>For the terminal: the same sentences, what fails somewhere first.</summary>
    public static IReadOnlyList<Sentence> Summary(RunDocument document) => Answers(document).Sentences();

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

    private static SubjectAnswers Answers(RunDocument document) =>
        new(ExecAnswer.Of(document), "program", "that pass everywhere");
}
