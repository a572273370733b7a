using Harness.Story;

namespace Harness.Analysis;

/// <summary>The answers about all that users handed to a probe, where a reader looks first.</summary>
/// <param name="answers">In the order in which a page shows them.</param>
/// <param name="noun">What each is: <c>object</c>.</param>
/// <param name="everywhere">What those do that hold everywhere: <c>that load everywhere</c>.</param>
public sealed class SubjectAnswers(IReadOnlyList<SubjectAnswer> answers, string noun, string everywhere)
{
    /// <summary>Of more, those that hold everywhere are folded away on a page, and left out on a terminal.</summary>
    private const int Most = 40;

    public IReadOnlyList<Block> Blocks()
    {
        var foremost = answers.Count <= Most ? answers : [.. answers.Where(a => !a.HoldsEverywhere)];
        var rest = answers.Except(foremost).ToList();
        return
        [
            .. foremost.Count == 0 ? Array.Empty<Block>() : [Points(foremost)],
            .. rest.Count == 0 ? Array.Empty<Block>()
                : [new Block.Folded($"{Words.Count(rest.Count, noun)} {everywhere}", [Points(rest)])],
        ];
    }

    /// <summary>For the terminal: those that do not hold everywhere come first.</summary>
    public IReadOnlyList<Sentence> Sentences()
    {
        var left = answers.Count - Most;
        return
        [
            .. answers.OrderBy(a => a.HoldsEverywhere).Take(Most).Select(a => (Sentence)a.InWords),
            .. left > 0 ? [$"{Words.Count(left, $"further {noun}")}: see the report."] : Array.Empty<Sentence>(),
        ];
    }

    private static Block.Points Points(IEnumerable<SubjectAnswer> answers) =>
        new([.. answers.Select(a => new Item(a.Sentence))]);
}
