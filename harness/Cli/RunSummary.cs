using Harness.Analysis;
using Harness.Reports;
using Harness.Results;
using Spectre.Console;
using Grid = Harness.Analysis.Grid;

namespace Harness.Cli;

/// <summary>What a run ends with: the table that answers, what is not as expected, and where the reports are.</summary>
internal static class RunSummary
{
    private const int MostListed = 20;

    public static void Write(Terminal terminal, RunDocument document, string directory, IReadOnlyList<string> reports)
    {
        var grid = new Grid(document);
        if (grid.Kernels.Count > 0)
        {
            terminal.Console.Write(Table(grid));
            terminal.Line("✓ as wanted · ✗ the opposite · – the kernel lacks what the case needs · ! no verdict; columns: template → inner map");
            foreach (var sentence in Answers.Of(document))
            {
                terminal.Line("  " + sentence);
            }
        }
        foreach (var step in LibbpfComparison.Of(document).Where(s => s.Compared > 0))
        {
            terminal.Line("  " + step.InWords + ".");
        }
        foreach (var group in document.Kernels.Where(k => k.Status != KernelStatus.Tested).GroupBy(k => $"{Words.Of(k.Status)}: {k.Reason}").Take(MostListed))
        {
            terminal.Line($"{(group.Count() == 1 ? group.First().Id : $"{group.Count()} kernels")}: {group.Key}");
        }
        if (document.Baseline is { } changes)
        {
            ChangeDisplay.Write(terminal, changes, document);
        }
        var unexpected = document.Kernels.Sum(k => k.Cases.Count(c => !c.AsExpected));
        terminal.Line(unexpected == 0 && document.Kernels.All(k => k.AsExpected)
            ? "Every result is as expected."
            : $"Not as expected: {Words.Count(unexpected, "case")}, {Words.Count(document.Kernels.Count(k => !k.AsExpected), "kernel")}; the report lists them.");
        if (!document.Run.Complete)
        {
            terminal.Line($"Interrupted. Go on with: harness run --resume --out {directory}");
        }
        foreach (var report in reports)
        {
            terminal.Line($"report: {report}");
        }
    }

    private static Table Table(Grid grid)
    {
        var questions = grid.Questions.Select(q => q.Layer).Distinct().SelectMany(grid.Foremost).ToList();
        if (questions.Count == 0)
        {
            questions = [.. grid.Questions.Take(8)];
        }
        var layers = questions.Select(q => q.Layer).Distinct().Count();
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("kernel").NoWrap());
        foreach (var question in questions)
        {
            table.AddColumn(new TableColumn(new Text((layers > 1 ? question.Layer + "\n" : "") + question.Title.Replace(" → ", "\n→ ", StringComparison.Ordinal))).Centered());
        }
        foreach (var kernel in grid.Kernels)
        {
            table.AddRow([new Text(kernel.Version ?? kernel.Id), .. questions.Select(q => Mark(grid[kernel, q]))]);
        }
        return table;
    }

    private static Text Mark(Cell cell)
    {
        var colour = cell switch { { Fail: > 0 } => Color.Red, { Error: > 0 } => Color.Yellow, { Pass: > 0 } => Color.Green, _ => Color.Grey };
        return new Text(Words.Verdict(cell), new Style(colour));
    }
}
