namespace Harness.Cli;

/// <summary>
/// How a table fits a terminal. As far as it is needed: long texts are folded; they go below their rows; what matters
/// least is left out; the table goes on below itself, with its first column again; each row is a block of lines.
/// </summary>
/// <param name="Stripes">The tables that stand below each other, as columns and their widths; none for blocks.</param>
/// <param name="Below">Columns whose text stands below each row.</param>
/// <param name="LeftOut">Columns that are not shown.</param>
internal sealed record TableFit(
    IReadOnlyList<IReadOnlyList<(int Column, int Width)>> Stripes, IReadOnlyList<int> Below, IReadOnlyList<int> LeftOut)
{
    /// <summary>Between two columns.</summary>
    public const int Gap = 2;

    /// <param name="width">Columns of the screen.</param>
    public static TableFit Of(TerminalTable table, int width)
    {
        var widths = Enumerable.Range(0, table.Columns.Count).Select(table.WidthOf).ToArray();
        var shown = Enumerable.Range(0, table.Columns.Count).ToList();
        var leftOut = new List<int>();
        while (true)
        {
            if (Folded(table, shown, widths, width) is { } stripe)
            {
                return new TableFit([stripe], [], leftOut);
            }
            var below = shown.Where(c => c > 0 && table.Columns[c] is { FoldsTo: not null, Least: 0 }).ToList();
            if (below.Count > 0 && Folded(table, [.. shown.Except(below)], widths, width) is { } rest)
            {
                return new TableFit([rest], below, leftOut);
            }
            if (shown.All(c => table.Columns[c].Least == 0))
            {
                return new TableFit(Stripe(shown, widths, width), [], leftOut);
            }
            var least = shown.MaxBy(c => table.Columns[c].Least);
            shown.Remove(least);
            leftOut.Add(least);
        }
    }

    /// <summary>The columns beside each other, long texts folded as far as needed; <c>null</c> when too wide.</summary>
    private static List<(int Column, int Width)>? Folded(
        TerminalTable table, List<int> shown, int[] widths, int width)
    {
        var folding = shown.Where(c => table.Columns[c].FoldsTo is not null).ToList();
        var room = width - ((shown.Count - 1) * Gap) - shown.Except(folding).Sum(c => widths[c]);
        var result = shown.Select(c => (Column: c, Width: widths[c])).ToList();
        // Those that need least get it; the others share what is left.
        foreach (var (index, column) in folding.OrderBy(c => widths[c]).Index())
        {
            var given = Math.Min(widths[column], room / (folding.Count - index));
            if (given < Math.Min(widths[column], table.Columns[column].FoldsTo!.Value))
            {
                return null;
            }
            result[result.FindIndex(r => r.Column == column)] = (column, given);
            room -= given;
        }
        return room >= 0 ? result : null;
    }

    /// <summary>
    /// As few tables as possible, of as many columns each, the first in all of them; none where another does not fit
    /// beside it.
    /// </summary>
    private static List<IReadOnlyList<(int Column, int Width)>> Stripe(
        List<int> shown, int[] widths, int width)
    {
        var key = (Column: shown[0], Width: widths[shown[0]]);
        if (shown.Count == 1 || shown.Skip(1).Any(c => key.Width + Gap + widths[c] > width))
        {
            return [];
        }
        // With one column beside the first, each table fits.
        var others = shown.Skip(1).Select(c => (Column: c, Width: widths[c])).ToList();
        for (var tables = 1; ; tables++)
        {
            var stripes = others.Chunk((others.Count + tables - 1) / tables)
                .Select(IReadOnlyList<(int Column, int Width)> (chunk) => [key, .. chunk]).ToList();
            if (stripes.TrueForAll(stripe => stripe.Sum(c => c.Width + Gap) - Gap <= width))
            {
                return stripes;
            }
        }
    }
}
