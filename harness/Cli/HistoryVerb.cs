using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Harness.History;
using Harness.Probes;

namespace Harness.Cli;

/// <summary><c>harness history</c>: what many runs say together.</summary>
internal sealed class HistoryVerb
{
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

    private readonly Option<bool> _rebuild = new("--rebuild")
    {
        Description = "Make the store again from the run directories; a damaged one is set aside",
    };

    private readonly JsonOption _json = new();
    private readonly ResultsOption _results = new();

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var verb = new HistoryVerb();
        var command = new System.CommandLine.Command("history", Description(context.Catalog.Examples))
        {
            verb._cases, verb._stale, verb._last, verb._rebuild, verb._json, verb._results,
        };
        command.SetAction(parsed =>
            parsed.GetValue(verb._rebuild) ? verb.Rebuild(context, parsed) : verb.Show(context, parsed));
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
        var since = parsed.GetValue(_stale) is { } text
            ? Since(text, workspace.Clock.GetUtcNow())
            : (DateTimeOffset?)null;
        var cases = parsed.GetValue(_cases) is { Length: > 0 } patterns ? GlobList.Parse("--case", patterns) : null;
        var last = parsed.GetValue(_last);
        if (last < 1)
        {
            throw new UsageException("--last must be at least 1");
        }
        using var store = HistoryStore.OpenExisting(Path.Combine(_results.Path(parsed, workspace), HistoryStore.Name));
        var history = store.Read();
        var output = new HistoryOutput(
            [.. Trends.Of(history).TakeLast(last)], FlakyCases.Of(history),
            cases is null ? null : Sightings.Of(history, cases),
            since is { } date ? StaleKernels.Of(history, date) : null);
        if (output.Cases is { Count: 0 })
        {
            throw new UsageException($"--case {string.Join(" --case ", parsed.GetValue(_cases)!)} matches none of the"
                + $" {history.Cases.Count} cases in {store.Path}");
        }
        if (parsed.GetValue(_json))
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(output, HistoryJson.Default.HistoryOutput));
            return ExitCodes.AsExpected;
        }
        Write(new HistoryDisplay(terminal), output, since);
        return ExitCodes.AsExpected;
    }

    /// <summary>Shows what was asked for; without a question, the last runs and flaky cases.</summary>
    private static void Write(HistoryDisplay display, HistoryOutput output, DateTimeOffset? since)
    {
        if (output is { Cases: null, Stale: null })
        {
            display.WriteTrends(output.Runs);
            display.WriteFlaky(output.Flaky);
        }
        display.WriteCases(output.Cases ?? []);
        if (output.Stale is { } stale)
        {
            display.WriteStale(stale, since!.Value);
        }
    }

    /// <summary>A date, in UTC, or a number of days before now.</summary>
    internal static DateTimeOffset Since(string text, DateTimeOffset now)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days < 36500)
        {
            return now.AddDays(-days);
        }
        return DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : throw new UsageException($"--stale: '{text}' is neither a date such as 2026-01-31 nor a number of days");
    }
}
