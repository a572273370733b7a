using Harness.Analysis;
using Harness.Story;

namespace Harness.Cli;

/// <summary>
/// What a run ends with: the table that answers, what is not as expected, and where the reports are.
/// </summary>
internal static class RunSummary
{
    /// <param name="resumable">Whether the directory has a journal, by which an interrupted run goes on.</param>
    public static void Write(
        Terminal terminal, RunStory story, string directory, IReadOnlyList<string> reports, bool resumable = true)
    {
        var summary = story.Summary;
        if (summary.Table is { } table)
        {
            TableWriter.Write(terminal, Table(table));
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
        foreach (var line in summary.Known)
        {
            terminal.Line(line);
        }
        terminal.Line(summary.Ending);
        if (story.Head.Partial is { } partial && story.Document.Run.Complete)
        {
            terminal.Line(partial);
        }
        if (!story.Document.Run.Complete && resumable)
        {
            terminal.Line($"Interrupted. Go on with: harness run --resume --out {directory}");
        }
        foreach (var report in reports)
        {
            terminal.Line($"report: {report}");
        }
    }

    /// <summary>A heading has a line for each part of its question, below the layer where there are several.</summary>
    private static TerminalTable Table(VerdictTable verdicts)
    {
        var layers = verdicts.Columns.Select(c => c.Layer).Distinct().Count();
        var questions = verdicts.Columns.Select(column =>
        {
            var separator = "\n" + column.Separator.TrimStart();
            var title = column.Title.Replace(column.Separator, separator, StringComparison.Ordinal);
            return new TerminalColumn((layers > 1 ? column.Layer + "\n" : "") + title)
            {
                Alignment = ColumnAlignment.Centre,
            };
        });
        return new TerminalTable(
            [new TerminalColumn("kernel"), .. questions],
            [.. verdicts.Rows.Select(row => (IReadOnlyList<TerminalCell>)
                [row.First, .. row.Cells.Select(c => new TerminalCell(verdicts.Write(c), c.Mark))])]);
    }
}
