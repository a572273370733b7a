using System.Text;
using Harness.Analysis;

namespace Harness.Reports;

/// <summary>Tables of <c>report.md</c>.</summary>
internal static class MarkdownTables
{
    /// <summary>A row a kernel, a column a question.</summary>
    /// <param name="word">How a cell is written.</param>
    public static void Grid(StringBuilder text, Grid grid, IReadOnlyList<Question> questions, Func<Cell, string> word)
    {
        text.Line($"| kernel | {string.Join(" | ", questions.Select(q => Markdown.Escape(q.Title)))} |");
        text.Line($"|---|{string.Concat(questions.Select(_ => ":-:|"))}");
        foreach (var kernel in grid.Kernels)
        {
            var cells = questions.Select(q => word(grid[kernel, q]));
            text.Line($"| {Markdown.Escape(kernel.Version ?? kernel.Id)}{(kernel.Status == Results.KernelStatus.Tested ? "" : " (" + Words.Of(kernel.Status) + ")")} | {string.Join(" | ", cells)} |");
        }
        text.Line();
    }
}
