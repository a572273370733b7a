namespace Harness.Cli;

/// <summary>Writes a table: fitted to a screen, or for programs a row a line and tabs between the cells.</summary>
internal sealed class TableWriter(Terminal terminal, TerminalTable table)
{
    private const char Rule = '─';

    public static void Write(Terminal terminal, TerminalTable table)
    {
        if (table.Rows.Count > 0)
        {
            new TableWriter(terminal, table).Write();
        }
    }

    private void Write()
    {
        if (terminal.Width is not { } width)
        {
            WriteTabbed();
            return;
        }
        var fit = TableFit.Of(table, width);
        foreach (var (index, stripe) in fit.Stripes.Index())
        {
            if (index > 0)
            {
                terminal.Line();
            }
            WriteStripe(stripe, fit.Below, width);
        }
        if (fit.Stripes.Count == 0)
        {
            WriteBlocks(Enumerable.Range(1, table.Columns.Count - 1).Except(fit.LeftOut), width);
        }
        if (fit.LeftOut.Count > 0)
        {
            var names = string.Join(", ", fit.LeftOut.Order().Select(c => table.Columns[c].Name));
            terminal.Line($"not shown in {width} columns: {names} (a wider terminal or a pipe gets all)");
        }
    }

    private void WriteTabbed()
    {
        if (table.HasHeadings)
        {
            terminal.Write(Tabbed(table.Columns.Select(c => new TerminalCell(c.Name))));
        }
        foreach (var row in table.Rows)
        {
            terminal.Write(Tabbed(row));
        }
    }

    private static IEnumerable<TerminalCell> Tabbed(IEnumerable<TerminalCell> cells) =>
        cells.SelectMany((cell, index) => index == 0 ? [cell] : new[] { "\t", cell });

    private void WriteStripe(IReadOnlyList<(int Column, int Width)> stripe, IReadOnlyList<int> below, int width)
    {
        if (table.HasHeadings)
        {
            WriteHeadings(stripe);
        }
        foreach (var row in table.Rows)
        {
            var folded = stripe.Select(c => TextFolding.Cell(row[c.Column].Text, c.Width)).ToList();
            for (var line = 0; line < folded.Max(f => f.Count); line++)
            {
                WriteLine(stripe, (c, i) => row[c] with { Text = folded[i].ElementAtOrDefault(line) ?? "" });
            }
            foreach (var column in below.Where(c => row[c].Text.Length > 0))
            {
                WriteBelow(row[column].Text, width);
            }
        }
    }

    /// <summary>The headings stand on the rule, whatever the number of their lines.</summary>
    private void WriteHeadings(IReadOnlyList<(int Column, int Width)> stripe)
    {
        var headings = stripe.Select(c => table.Columns[c.Column].Heading.Split('\n')).ToList();
        var lines = headings.Max(h => h.Length);
        for (var line = 0; line < lines; line++)
        {
            WriteLine(stripe, (_, i) => line - lines + headings[i].Length is var at and >= 0 ? headings[i][at] : "");
        }
        WriteLine(stripe, (_, i) => new string(Rule, stripe[i].Width));
    }

    private void WriteBlocks(IEnumerable<int> columns, int width)
    {
        foreach (var row in table.Rows)
        {
            terminal.Line(row[0].Text);
            if (table.HasHeadings)
            {
                foreach (var column in columns)
                {
                    WriteBelow($"{table.Columns[column].Name}: {row[column].Text}", width);
                }
            }
            else
            {
                WriteBelow(string.Join("  ", columns.Select(c => row[c].Text)), width);
            }
        }
    }

    private void WriteBelow(string text, int width)
    {
        const string Indent = "    ";
        foreach (var line in TextFolding.Cell(text, width - Indent.Length))
        {
            terminal.Line(Indent + line);
        }
    }

    /// <summary>One line of cells, each filled up to its column's width, but for blanks at the end.</summary>
    private void WriteLine(
        IReadOnlyList<(int Column, int Width)> stripe, Func<int, int, TerminalCell> cell)
    {
        var line = new List<TerminalCell>();
        var blanks = 0;
        foreach (var (index, (column, width)) in stripe.Index())
        {
            var shown = cell(column, index);
            var free = width - TextFolding.Width(shown.Text);
            var before = table.Columns[column].Alignment switch
            {
                ColumnAlignment.Right => free,
                ColumnAlignment.Centre => free / 2,
                _ => 0,
            };
            blanks += before + (index > 0 ? TableFit.Gap : 0);
            if (shown.Text.Length > 0)
            {
                line.AddRange([new string(' ', blanks), shown]);
                blanks = 0;
            }
            blanks += shown.Text.Length > 0 ? free - before : width - before;
        }
        terminal.Write(line);
    }
}
