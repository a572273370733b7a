using System.CommandLine;
using System.Text.Json;
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
        var json = new JsonOption();
        var results = new ResultsOption();
        var command = new System.CommandLine.Command("prune", Description)
        {
            keep, matrix, cache, days, dryRun, json, results,
        };
        command.SetAction(parsed =>
        {
            Validate(parsed.GetValue(keep), parsed.GetValue(days));
            var (directory, dry) = (results.Path(parsed, context.Workspace), parsed.GetValue(dryRun));
            var old = RunPruning.Old(directory, parsed.GetValue(keep), parsed.GetValue(matrix));
            var pruning = new CachePruning(context.Workspace.CacheRoot, context.Workspace.Clock);
            var unused = parsed.GetValue(cache) ? pruning.Old(TimeSpan.FromDays(parsed.GetValue(days))) : null;
            // The answer to --json is alone on standard output.
            Action<string> tell = parsed.GetValue(json) ? terminal.Progress : line => terminal.Line(line);
            PruneRuns(tell, directory, old, dry);
            if (unused is not null)
            {
                PruneCache(tell, unused, dry);
            }
            if (parsed.GetValue(json))
            {
                var output = new PrunedOutput(dry, [.. old.Select(run => run.Path)],
                    unused?.Select(item => new PrunedItem(item.Path, item.Size)).ToList());
                terminal.Out.WriteLine(JsonSerializer.Serialize(output, PruneJson.Default.PrunedOutput));
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

    private static void PruneRuns(
        Action<string> tell, string results, IReadOnlyList<RunDirectoryEntry> old, bool dryRun)
    {
        if (!dryRun)
        {
            RunPruning.RemoveLeftovers(results);
        }
        foreach (var run in old)
        {
            tell($"{(dryRun ? "would remove" : "removes")} {run.Path}");
            if (!dryRun)
            {
                RunPruning.Remove(run);
            }
        }
        if (old.Count == 0)
        {
            tell("no run is old");
        }
    }

    private static void PruneCache(Action<string> tell, IReadOnlyList<CacheItem> old, bool dryRun)
    {
        foreach (var item in old)
        {
            tell($"{(dryRun ? "would remove" : "removes")} {item.Path} ({ByteSize.Text(item.Size)})");
            if (!dryRun)
            {
                CachePruning.Remove(item);
            }
        }
        tell($"cache: {ByteSize.Text(old.Sum(i => i.Size))} {(dryRun ? "would be" : "are")} freed");
    }
}
