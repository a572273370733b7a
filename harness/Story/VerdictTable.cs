namespace Harness.Story;

/// <summary>Kernels × questions.</summary>
/// <param name="Caption">What the table shows.</param>
/// <param name="Counted">Cells count cases that the kernel cannot express, too.</param>
public sealed record VerdictTable(
    Sentence? Caption, IReadOnlyList<VerdictColumn> Columns, IReadOnlyList<VerdictRow> Rows, bool Counted = false)
{
    private const string Kernel = "kernel";

    /// <summary>The heading of the rows' names.</summary>
    public string RowHead { get; init; } = Kernel;

    /// <summary>A row is a kernel, or neighbours that answer alike.</summary>
    public bool IsOfKernels => RowHead == Kernel;

    public string Write(CaseTally cell) => Counted ? cell.Counted : cell.Verdict;

    /// <summary>As few rows as possible: neighbours of one series that agree share a row.</summary>
    public VerdictTable Fold()
    {
        var rows = new List<VerdictRow>();
        foreach (var row in Rows)
        {
            if (rows.Count > 0 && rows[^1] is { FoldsBy: not null } last && last.FoldsBy == row.FoldsBy
                && last.Cells.SequenceEqual(row.Cells))
            {
                rows[^1] = last with
                {
                    Last = row.Last,
                    Kernels = last.Kernels + row.Kernels,
                    Errnos = [.. last.Errnos.Zip(row.Errnos, Either)],
                };
            }
            else
            {
                rows.Add(row);
            }
        }
        return this with { Rows = rows };
    }

    private static IReadOnlyList<string> Either(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        [.. one.Union(other).Order(StringComparer.Ordinal)];
}
