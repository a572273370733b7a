using System.CommandLine;
using Harness.Cache;
using Harness.Results;

namespace Harness.Cli;

/// <summary><c>harness prune</c>: removes old runs, and what nobody uses in the cache.</summary>
internal static class PruneVerb
{
    private const string Description = """
        Removes old run directories; what the history says of them stays. Never removed are runs that a link in results/
        points to (latest, baseline), runs that are being written, and whatever is no run.

        Examples:
          harness prune --keep 30 --matrix nightly.yaml   old nights only
          harness prune --dry-run                         what would go
          harness prune --cache --days 60                 kernels that no run used for 60 days, too
        """;

    private const int MostDays = 36500;

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var terminal = context.Terminal;
        var keep = new Option<int>("--keep")
        {
            Description = "How many complete runs stay, the newest; what is older than these goes,"
                + " interrupted runs too",
            HelpName = "N",
            DefaultValueFactory = _ => 30,
        };
        var matrix = new Option<string?>("--matrix")
        {
            Description = "Look at runs of this matrix only, by its file's name",
            HelpName = "NAME",
        };
        var cache = new Option<bool>("--cache")
        {
            Description = "Kernels, probers and guests in the user's cache, too, that were not used for long",
        };
        var days = new Option<int>("--days")
        {
            Description = "How long, for --cache",
            HelpName = "N",
            DefaultValueFactory = _ => 30,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be removed" };
        var results = new ResultsOption();
        var command = new System.CommandLine.Command("prune", Description)
        {
            keep, matrix, cache, days, dryRun, results,
        };
        command.SetAction(parsed =>
        {
            Validate(parsed.GetValue(keep), parsed.GetValue(days));
            var (directory, dry) = (results.Path(parsed, context.Workspace), parsed.GetValue(dryRun));
            var old = RunPruning.Old(directory, parsed.GetValue(keep), parsed.GetValue(matrix));
            PruneRuns(terminal, directory, old, dry);
            if (parsed.GetValue(cache))
            {
                var pruning = new CachePruning(context.Workspace.CacheRoot, context.Workspace.Clock);
                PruneCache(terminal, pruning.Old(TimeSpan.FromDays(parsed.GetValue(days))), dry);
            }
            return ExitCodes.AsExpected;
        });
        return command;
    }

    private static void Validate(int keep, int days)
    {
        if (keep < 1)
        {
            throw new UsageException("--keep must be at least 1");
        }
        if (days is < 1 or > MostDays)
        {
            throw new UsageException($"--days must be from 1 to {MostDays}");
        }
    }

    private static void PruneRuns(Terminal terminal, string results, IReadOnlyList<RunDirectoryEntry> old, bool dryRun)
    {
        if (!dryRun)
        {
            RunPruning.RemoveLeftovers(results);
        }
        foreach (var run in old)
        {
            terminal.Line($"{(dryRun ? "would remove" : "removes")} {run.Path}");
            if (!dryRun)
            {
                RunPruning.Remove(run);
            }
        }
        if (old.Count == 0)
        {
            terminal.Line("no run is old");
        }
    }

    private static void PruneCache(Terminal terminal, IReadOnlyList<CacheItem> old, bool dryRun)
    {
        foreach (var item in old)
        {
            terminal.Line($"{(dryRun ? "would remove" : "removes")} {item.Path} ({ByteSize.Text(item.Size)})");
            if (!dryRun)
            {
                CachePruning.Remove(item);
            }
        }
        terminal.Line($"cache: {ByteSize.Text(old.Sum(i => i.Size))} {(dryRun ? "would be" : "are")} freed");
    }
}
