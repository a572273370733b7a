using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>A row of a table with a kernel a row: neighbours of one series that answer alike share it.</summary>
/// <param name="Kernels">The kernels it stands for, in order.</param>
internal sealed record SeriesRow(IReadOnlyList<KernelResult> Kernels)
{
    public KernelResult First => Kernels[0];

    /// <summary>"6.12.43", "6.12.43 – 6.12.117 (14 kernels)": no kernel between the two was left out.</summary>
    public string Name => Kernels.Count == 1
        ? First.Status == KernelStatus.Tested ? Of(First) : $"{Of(First)} ({Words.Of(First.Status)})"
        : $"{Of(First)} – {Of(Kernels[^1])} ({Words.Count(Kernels.Count, "kernel")})";

    /// <summary>A row for each kernel.</summary>
    public static IReadOnlyList<SeriesRow> Each(Grid grid) => [.. grid.Kernels.Select(k => new SeriesRow([k]))];

    /// <summary>As few rows as these questions allow.</summary>
    public static IReadOnlyList<SeriesRow> Of(Grid grid, IReadOnlyList<Question> questions)
    {
        var rows = new List<List<KernelResult>>();
        foreach (var kernel in grid.Kernels)
        {
            if (rows.Count > 0 && Agree(grid, questions, rows[^1][0], kernel))
            {
                rows[^1].Add(kernel);
            }
            else
            {
                rows.Add([kernel]);
            }
        }
        return [.. rows.Select(r => new SeriesRow(r))];
    }

    private static bool Agree(Grid grid, IReadOnlyList<Question> questions, KernelResult one, KernelResult other) =>
        one.Status == KernelStatus.Tested && other.Status == KernelStatus.Tested && one.Arch == other.Arch
        && one.Version is not null && Histories.SeriesOf(one) == Histories.SeriesOf(other)
        && questions.All(q => grid[one, q] == grid[other, q]);

    private static string Of(KernelResult kernel) => kernel.Version ?? kernel.Id;
}
