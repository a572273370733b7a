using System.Text;
using Harness.Analysis;

namespace Harness.Reports;

/// <summary>Tables of <c>report.md</c>.</summary>
internal static class MarkdownTables
{
    /// <summary>A row a kernel, a column a question.</summary>
    public static void Grid(StringBuilder text, Grid grid, IReadOnlyList<Question> questions)
    {
        text.Line($"| kernel | {string.Join(" | ", questions.Select(q => q.Title))} |");
        text.Line($"|---|{string.Concat(questions.Select(_ => ":-:|"))}");
        foreach (var kernel in grid.Kernels)
        {
            var cells = questions.Select(q => Words.Of(grid[kernel, q]));
            text.Line($"| {kernel.Version ?? kernel.Id}{(kernel.Status == Results.KernelStatus.Tested ? "" : " (" + Words.Of(kernel.Status) + ")")} | {string.Join(" | ", cells)} |");
        }
        text.Line();
    }
}
