namespace Harness.Cli;

/// <summary>A column of a table, and what becomes of it where the table is wider than the terminal.</summary>
/// <param name="Heading">Its lines are those of the heading; empty in all columns of a table without headings.</param>
internal sealed record TerminalColumn(string Heading)
{
    public ColumnAlignment Alignment { get; init; }

    /// <summary>
    /// The columns to which its text may be folded. Where less is left, the text goes below its row; that of the first
    /// column never does. <c>null</c> where it is not folded.
    /// </summary>
    public int? FoldsTo { get; init; }

    /// <summary>How little it matters: the column with the highest is left out first; with 0, never.</summary>
    public int Least { get; init; }

    /// <summary>The heading in one line.</summary>
    public string Name => Heading.Replace('\n', ' ');
}
