using Harness.Analysis;
using Harness.Results;

namespace Harness.Site;

/// <summary>What changed since the run before, of the same matrix.</summary>
/// <param name="Older">The name of that run's directory.</param>
/// <param name="Count">How many kernels, complaints and verdicts.</param>
/// <param name="Groups">For each kind of change its title, and a line for each change.</param>
internal sealed record PublishedChanges(
    string Older, string Head, int Count, IReadOnlyList<(string Title, IReadOnlyList<string> Lines)> Groups)
{
    /// <summary>Lines of a kind of change: beyond, the page names how many there are.</summary>
    private const int MostLines = 40;

    public static PublishedChanges Of(string older, RunChanges changes, RunDocument newer)
    {
        var story = new ChangeStory(changes, newer);
        var replacements = story.Replacements();
        (string Title, IReadOnlyList<string> Lines)[] groups =
        [
            ("How the runs were made differently", story.Notes),
            .. story.Kernels(), .. story.Complaints(),
            ("Other point releases", [.. replacements.Select(r => r.Title)]),
            .. story.Cases().Select(Lines),
            .. replacements.SelectMany(r => r.Sections.Select(Lines)
                .Select(s => ($"{r.Kernels.Went} → {r.Kernels.Came}: {s.Title}", s.Lines))),
        ];
        var count = changes.Kernels.Count + changes.Complaints.Count + changes.Cases.Sum(c => c.Kernels.Count)
            + changes.Replacements.Sum(r => r.Cases.Sum(c => c.Kernels.Count));
        return new PublishedChanges(older, story.Head, count,
            [.. groups.Where(g => g.Lines.Count > 0).Select(g => (g.Title, Cut(g.Lines)))]);
    }

    private static (string Title, IReadOnlyList<string> Lines) Lines(ChangeSection section) =>
        ($"{section.Title} ({Words.Count(section.Verdicts, "verdict")})",
            [.. section.Groups.Select(g => $"{g.What}, on {g.Where} ({Words.Count(g.Cases.Count, "case")}: "
                + g.Cases[0] + (g.Cases.Count == 1 ? ")" : ", …)"))]);

    private static IReadOnlyList<string> Cut(IReadOnlyList<string> lines) => lines.Count <= MostLines ? lines
        : [.. lines.Take(MostLines), $"and {lines.Count - MostLines} more; harness diff has them all"];
}
