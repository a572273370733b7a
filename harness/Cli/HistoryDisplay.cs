using System.Globalization;
using Harness.Analysis;
using Harness.History;
using Harness.Reports;
using Harness.Results;

namespace Harness.Cli;

/// <summary>Shows what <c>harness history</c> found.</summary>
internal sealed class HistoryDisplay(Terminal terminal)
{
    private const int MostListed = 20;

    /// <summary>The columns of numbers, each with what it counts.</summary>
    private static readonly (string Name, int Least, Func<RunTrend, int> Count)[] _counts =
    [
        ("tested", 0, r => r.Tested), (KnownColumn, 1, r => r.Known),
        ("not", 0, r => r.NotTested), ("pass", 0, r => r.Pass), ("fail", 0, r => r.Fail),
        ("skip", 1, r => r.Skip), ("error", 0, r => r.Error), ("flaky", 0, r => r.Flaky),
        ("unexpected", 0, r => r.Unexpected), ("changed", 0, r => r.Changes), ("new\nkernels", 2, r => r.NewKernels),
    ];

    private const string KnownColumn = "of them\nknown";

    /// <summary>A run's id has so many columns.</summary>
    private const int Id = 15;

    public void WriteTrends(IReadOnlyList<RunTrend> runs)
    {
        // Most stores have no run that took something over.
        var counts = _counts.Where(c => c.Name != KnownColumn || runs.Any(r => r.Known > 0)).ToList();
        TerminalColumn[] columns =
        [
            new("run") { FoldsTo = Id }, new("matrix") { Least = 3 },
            .. counts.Select(c => new TerminalColumn(c.Name) { Alignment = ColumnAlignment.Right, Least = c.Least }),
        ];
        TableWriter.Write(terminal, new TerminalTable(columns, [.. runs.Select(run => Row(run, counts))]));
        terminal.Line("changed: cases that the same kernel answered otherwise when it was last asked");
    }

    private static IReadOnlyList<TerminalCell> Row(
        RunTrend run, IEnumerable<(string Name, int Least, Func<RunTrend, int> Count)> counts) =>
    [
        Shortened(run.Run) + (run.Complete ? "" : " (interrupted)"), Shortened(run.Matrix),
        .. counts.Select(c => (TerminalCell)c.Count(run).ToString(CultureInfo.InvariantCulture)),
    ];

    public void WriteFlaky(IReadOnlyList<FlakyCase> flaky)
    {
        terminal.Line(flaky.Count == 0
            ? "No case is flaky."
            : "Flaky: the same image and prober gave different verdicts");
        foreach (var one in flaky.Take(MostListed))
        {
            var verdicts = one.Verdicts.Select(v => $"{v.Verdict} ({v.Runs} runs, last {v.LastRun})");
            terminal.Line($"  {one.Case} on {one.Kernel}: {string.Join(" · ", verdicts)}");
        }
        if (flaky.Count > MostListed)
        {
            terminal.Line($"  and {flaky.Count - MostListed} more; --json lists all");
        }
    }

    public void WriteCases(IReadOnlyList<Sighting> sightings)
    {
        foreach (var of in sightings.GroupBy(s => s.Case))
        {
            terminal.Line(of.Key);
            foreach (var s in of)
            {
                terminal.Line($"  {s.Verdict}: {Words.Count(s.Kernels, "kernel")}, first seen {s.FirstRun}"
                    + $" ({s.FirstKernel}), last {s.LastRun} ({s.LastKernel})");
            }
        }
    }

    public void WriteStale(IReadOnlyList<StaleKernel> stale, DateTimeOffset since)
    {
        var date = since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        terminal.Line(stale.Count == 0 ? $"Every kernel was tested since {date}." : $"Not tested since {date}:");
        foreach (var kernel in stale)
        {
            var last = kernel.LastTestedRun is null ? "never tested" : $"last tested in {kernel.LastTestedRun}";
            var status = kernel.LastStatus == KernelStatus.Tested
                ? ""
                : $"; {Words.Of(kernel.LastStatus)} in {kernel.LastRun}";
            terminal.Line($"  {kernel.Kernel}: {last}{status}");
        }
    }

    /// <summary>A text that is too wide would take the place of all other columns.</summary>
    private static string Shortened(string text)
    {
        const int Most = 60;
        var plain = GuestText.Plain(text);
        return plain.Length <= Most ? plain : plain[..(Most - 1)] + "…";
    }
}
