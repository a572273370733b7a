using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Analysis;
using Harness.History;
using Harness.Probes;
using Harness.Reports;
using Harness.Results;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>What <c>history --json</c> prints; what was not asked for is <c>null</c>.</summary>
internal sealed record HistoryOutput(
    IReadOnlyList<RunTrend> Runs, IReadOnlyList<FlakyCase> Flaky, IReadOnlyList<Sighting>? Cases,
    IReadOnlyList<StaleKernel>? Stale);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    Converters = [typeof(UtcTimeConverter), typeof(SnakeCaseConverter<KernelStatus>)])]
[JsonSerializable(typeof(HistoryOutput))]
[JsonSerializable(typeof(Rebuilt))]
internal sealed partial class HistoryJson : JsonSerializerContext;

/// <summary><c>harness history</c>: what many runs say together.</summary>
internal sealed class HistoryVerb
{
    private const int MostListed = 20;

    private static string Description(ProbeExamples probe) => $"""
        Shows what became of kernels and cases from run to run, from results/history.db, to which every run is added.

        Examples:
          harness history                                    the last runs, and flaky cases
          {$"harness history --case '{probe.QuestionPattern}'",-50} first and last seen of each verdict
          harness history --stale 30                         kernels that were not tested in the last 30 days
          harness history --rebuild                          make the store again from the run directories
        """;

    private readonly Option<string[]> _cases = new("--case")
    {
        Description = "First and last seen of each verdict of the cases with such an id (repeatable)",
        HelpName = "GLOB",
    };
    private readonly Option<string?> _stale = new("--stale")
    {
        Description = "Kernels not tested since that date (2026-01-31), or in that many days",
        HelpName = "DATE|DAYS",
    };
    private readonly Option<int> _last = new("--last")
    {
        Description = "How many runs to list",
        HelpName = "N",
        DefaultValueFactory = _ => 30,
    };
    private readonly Option<bool> _rebuild =
        new("--rebuild") { Description = "Make the store again from the run directories; a damaged one is set aside" };
    private readonly Option<bool> _json = new("--json") { Description = "For machines" };
    private readonly ResultsOption _results = new();

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var verb = new HistoryVerb();
        var command = new System.CommandLine.Command("history", Description(context.Catalog.Examples)) { verb._cases,
            verb._stale, verb._last, verb._rebuild, verb._json, verb._results };
        command.SetAction(parsed => parsed.GetValue(verb._rebuild)
            ? verb.Rebuild(context, parsed)
            : verb.Show(context, parsed));
        return command;
    }

    private int Rebuild(VerbContext context, ParseResult parsed)
    {
        var terminal = context.Terminal;
        var workspace = context.Workspace;
        var rebuilt = HistoryRebuild.Run(_results.Path(parsed, workspace), context.Catalog.Probes, workspace.Clock);
        foreach (var skipped in rebuilt.Skipped)
        {
            terminal.Error($"skipped: {skipped}");
        }
        if (parsed.GetValue(_json))
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(rebuilt, HistoryJson.Default.Rebuilt));
            return ExitCodes.AsExpected;
        }
        if (rebuilt.SetAside is { } aside)
        {
            terminal.Line($"the damaged store is now {aside}");
        }
        terminal.Line($"{rebuilt.Runs} runs read"
            + (rebuilt.Kept > 0 ? $"; {rebuilt.Kept} whose directories are gone are kept" : ""));
        return ExitCodes.AsExpected;
    }

    private int Show(VerbContext context, ParseResult parsed)
    {
        var terminal = context.Terminal;
        var workspace = context.Workspace;
        var since = parsed.GetValue(_stale) is { } text ? Since(text, workspace.Clock.GetUtcNow())
            : (DateTimeOffset?)null;
        var cases = parsed.GetValue(_cases) is { Length: > 0 } patterns ? GlobList.Parse("--case", patterns) : null;
        var last = parsed.GetValue(_last);
        if (last < 1)
        {
            throw new UsageException("--last must be at least 1");
        }
        using var store = HistoryStore.OpenExisting(Path.Combine(_results.Path(parsed, workspace), HistoryStore.Name));
        var history = store.Read();
        var output = new HistoryOutput([.. Trends.Of(history).TakeLast(last)], FlakyCases.Of(history),
            cases is null ? null : Sightings.Of(history, cases), since is { } date
                ? StaleKernels.Of(history, date)
                : null);
        if (output.Cases is { Count: 0 })
        {
            throw new UsageException($"--case {string.Join(" --case ", parsed.GetValue(_cases)!)} matches none of the "
                + $"{history.Cases.Count} cases in {store.Path}");
        }
        if (parsed.GetValue(_json))
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(output, HistoryJson.Default.HistoryOutput));
            return ExitCodes.AsExpected;
        }
        // Trends and flaky cases are printed when no option asks for something else.
        if (output is { Cases: null, Stale: null })
        {
            WriteTrends(terminal, output.Runs);
            WriteFlaky(terminal, output.Flaky);
        }
        WriteCases(terminal, output.Cases ?? []);
        WriteStale(terminal, output.Stale, since);
        return ExitCodes.AsExpected;
    }

    /// <summary>A date, in UTC, or a number of days before now.</summary>
    internal static DateTimeOffset Since(string text, DateTimeOffset now)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days < 36500)
        {
            return now.AddDays(-days);
        }
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : throw new UsageException($"--stale: '{text}' is neither a date such as 2026-01-31 nor a number of days");
    }

    private static void WriteTrends(Terminal terminal, IReadOnlyList<RunTrend> runs)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (name, right) in new[] { ("run", false), ("matrix", false), ("tested", true), ("not", true),
            ("pass", true), ("fail", true), ("skip", true), ("error", true), ("flaky", true), ("unexpected", true),
            ("changed", true), ("new kernels", true) })
        {
            table.AddColumn(new TableColumn(name) { Alignment = right ? Justify.Right : Justify.Left, NoWrap = true });
        }
        foreach (var run in runs)
        {
            table.AddRow([new Text(Cell(run.Run) + (run.Complete ? "" : " (interrupted)")), new Text(Cell(run.Matrix)),
                .. new[] { run.Tested, run.NotTested, run.Pass, run.Fail, run.Skip, run.Error, run.Flaky,
                    run.Unexpected, run.Changes, run.NewKernels }
                    .Select(n => new Text(n.ToString(CultureInfo.InvariantCulture)))]);
        }
        terminal.Console.Write(table);
        terminal.Line("changed: cases that the same kernel answered otherwise when it was last asked");
    }

    /// <summary>One that is too wide would take the place of all others.</summary>
    private static string Cell(string text)
    {
        const int Most = 60;
        var plain = GuestText.Plain(text);
        return plain.Length <= Most ? plain : plain[..(Most - 1)] + "…";
    }

    private static void WriteFlaky(Terminal terminal, IReadOnlyList<FlakyCase> flaky)
    {
        terminal.Line(flaky.Count == 0
            ? "No case is flaky."
            : "Flaky: the same image and prober gave different verdicts");
        foreach (var one in flaky.Take(MostListed))
        {
            terminal.Line($"  {one.Case} on {one.Kernel}: "
                + $"{string.Join(" · ", one.Verdicts.Select(v => $"{v.Verdict} ({v.Runs} runs, last {v.LastRun})"))}");
        }
        if (flaky.Count > MostListed)
        {
            terminal.Line($"  and {flaky.Count - MostListed} more; --json lists all");
        }
    }

    private static void WriteCases(Terminal terminal, IReadOnlyList<Sighting> sightings)
    {
        foreach (var of in sightings.GroupBy(s => s.Case))
        {
            terminal.Line(of.Key);
            foreach (var s in of)
            {
                terminal.Line($"  {s.Verdict}: {Words.Count(s.Kernels, "kernel")}, first seen {s.FirstRun} "
                    + $"({s.FirstKernel}), last {s.LastRun} ({s.LastKernel})");
            }
        }
    }

    private static void WriteStale(Terminal terminal, IReadOnlyList<StaleKernel>? stale, DateTimeOffset? since)
    {
        if (stale is null)
        {
            return;
        }
        var date = since!.Value.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        terminal.Line(stale.Count == 0 ? $"Every kernel was tested since {date}." : $"Not tested since {date}:");
        foreach (var kernel in stale)
        {
            terminal.Line($"  {kernel.Kernel}: "
                + (kernel.LastTestedRun is null ? "never tested" : $"last tested in {kernel.LastTestedRun}")
                + (kernel.LastStatus == KernelStatus.Tested
                    ? ""
                    : $"; {Words.Of(kernel.LastStatus)} in {kernel.LastRun}"));
        }
    }
}
