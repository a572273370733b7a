using Harness.Analysis;
using Harness.Story;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>
/// What a run ends with: the table that answers, what is not as expected, and where the reports are.
/// </summary>
internal static class RunSummary
{
    public static void Write(Terminal terminal, RunStory story, string directory, IReadOnlyList<string> reports)
    {
        var summary = story.Summary;
        if (summary.Table is { } table)
        {
            terminal.Console.Write(Draw(table));
            terminal.Line(summary.Legend);
        }
        foreach (var answer in summary.Answers)
        {
            terminal.Line("  " + answer);
        }
        foreach (var kernel in summary.Untested)
        {
            terminal.Line(kernel);
        }
        if (story.Document.Baseline is { } changes)
        {
            ChangeDisplay.Write(terminal, new ChangeStory(changes, story.Document), story.Probes);
        }
        terminal.Line(summary.Ending);
        if (!story.Document.Run.Complete)
        {
            terminal.Line($"Interrupted. Go on with: harness run --resume --out {directory}");
        }
        foreach (var report in reports)
        {
            terminal.Line($"report: {report}");
        }
    }

    private static Table Draw(VerdictTable verdicts)
    {
        var layers = verdicts.Columns.Select(c => c.Layer).Distinct().Count();
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("kernel").NoWrap());
        foreach (var column in verdicts.Columns)
        {
            var separator = "\n" + column.Separator.TrimStart();
            var title = column.Title.Replace(column.Separator, separator, StringComparison.Ordinal);
            table.AddColumn(new TableColumn(new Text((layers > 1 ? column.Layer + "\n" : "") + title)).Centered());
        }
        foreach (var row in verdicts.Rows)
        {
            var cells = row.Cells.Select(c => new Text(verdicts.Write(c), new Style(Colour(c.Mark))));
            table.AddRow([new Text(row.First), .. cells]);
        }
        return table;
    }

    private static Color Colour(Mark mark) => mark switch
    {
        Mark.Fail or Mark.Mixed => Color.Red,
        Mark.Error => Color.Yellow,
        Mark.Pass => Color.Green,
        _ => Color.Grey,
    };
}
