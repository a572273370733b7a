namespace Harness.Cli;

/// <summary>A table that a verb prints; the first column says what a row is about.</summary>
internal sealed record TerminalTable(
    IReadOnlyList<TerminalColumn> Columns, IReadOnlyList<IReadOnlyList<TerminalCell>> Rows)
{
    public bool HasHeadings => Columns.Any(c => c.Heading.Length > 0);

    /// <summary>The columns of the screen that a column needs to be whole.</summary>
    public int WidthOf(int column) => Rows.Select(row => row[column].Text)
        .Concat(Columns[column].Heading.Split('\n')).Max(TextFolding.Width);
}
