using System.Text;
using Harness.Analysis;

namespace Harness.Reports;

/// <summary>Tables of <c>report.md</c>.</summary>
internal static class MarkdownTables
{
    /// <summary>With more kernels, neighbours that agree share a row: GitHub shows no file of more than a few hundred kilobytes.</summary>
    private const int FoldAbove = 30;

    /// <summary>A row a kernel, or a part of a series; a column a question.</summary>
    /// <param name="word">How a cell is written.</param>
    public static void Grid(StringBuilder text, Grid grid, IReadOnlyList<Question> questions, Func<Cell, string> word)
    {
        text.Line($"| kernel | {string.Join(" | ", questions.Select(q => Markdown.Escape(q.Title)))} |");
        text.Line($"|---|{string.Concat(questions.Select(_ => ":-:|"))}");
        foreach (var row in grid.Kernels.Count > FoldAbove ? SeriesRow.Of(grid, questions) : SeriesRow.Each(grid))
        {
            var cells = questions.Select(q => word(grid[row.First, q]));
            text.Line($"| {Markdown.Escape(row.Name)} | {string.Join(" | ", cells)} |");
        }
        text.Line();
    }
}
