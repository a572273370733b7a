using System.CommandLine;
using Harness.Runs;
using Harness.Shards;

namespace Harness.Cli;

/// <summary><c>harness merge RUN…</c>: joins the runs of shares of a matrix.</summary>
internal static class MergeVerb
{
    private const string Description = """
        Joins runs into one, as if one machine had tested all their kernels: the shares of a matrix that `run --shard`
        tested, on as many machines. The order of the runs does not matter.

        Example:
          harness merge shard-1 shard-2 shard-3 --out results/20260131-235959

        A kernel that no run tested is a row that says so. Where two runs tested the same kernel and disagree, the case
        is flaky. merged.json in the directory says which run each kernel is of.

        Exit codes: those of `run`, of all results together; 2 where the runs asked other things, and nothing is
        written.
        """;

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "The run directories to join",
            Arity = ArgumentArity.OneOrMore,
        };
        var to = new OutOption("The directory to write. Default: results/<run-id>");
        var command = new System.CommandLine.Command("merge", Description) { runs, to };
        command.SetAction(parsed => Merge(context, parsed.GetValue(runs)!, parsed.GetValue(to)));
        return command;
    }

    private static int Merge(VerbContext context, IReadOnlyList<string> named, string? given)
    {
        var (_, workspace, catalog) = context;
        var results = workspace.Repository.Results;
        var reader = new ShardReader(catalog.Probes);
        var runs = named.Select(reader.Read).ToList();
        var id = RunIds.Named(given, results) ?? RunIds.New(runs.Min(r => r.Document.Run.StartedAt), results);
        var directory = Files.FullPath(given ?? Path.Combine(results, id));
        MergedDirectory.RequireFree(directory, named);
        var merged = RunMerge.Of(runs, id, catalog.Probes);
        MergedDirectory.Write(merged, directory);
        FinishedRun.Publish(context, merged, directory);
        return RunExitCode.Of(merged.Document);
    }
}
