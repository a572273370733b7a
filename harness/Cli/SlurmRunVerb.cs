using System.CommandLine;
using Harness.Cluster;
using Harness.Cluster.Slurm;
using Harness.Probes;

namespace Harness.Cli;

/// <summary><c>harness cluster slurm run</c>.</summary>
internal sealed class SlurmRunVerb
{
    private static string Description(ProbeExamples examples) => $"""
        Submits the matrix as a job array of Slurm, waits for its elements, and joins their runs into one.

        Examples:
          harness cluster slurm run --out /shared/run-1
          harness cluster slurm run --partition long --chunk 4 --jobs 2 --case '{examples.Pattern}'
          harness cluster slurm run --sbatch-arg --time=30 --sbatch-arg --mem=2G

        The checkout and the directory must be at the same place on all nodes. Each element tests a share of the kernels
        (one kernel, unless --shards or --chunk says otherwise), of which all are pinned before. Elements whose node
        dies are tried again.

        Ctrl-C ends only the waiting: the array goes on, and `harness cluster slurm attach DIR` waits for it again.
        `harness cluster slurm cancel DIR` ends it.

        Exit codes: those of `run`; 130 interrupted, or the run was cancelled.
        """;

    private readonly MeasureOptions _measured;
    private readonly OutOption _out = new("The run directory, which all nodes see. Default: results/<run-id>");

    private readonly Option<int?> _shards = new("--shards")
    {
        Description = "Among how many elements the kernels are divided. Default: one for each kernel",
        HelpName = "N",
    };

    private readonly Option<int?> _chunk = new("--chunk")
    {
        Description = "How many kernels an element tests",
        HelpName = "K",
    };

    private readonly Option<string?> _partition = new("--partition")
    {
        Description = "The partition of the cluster",
        HelpName = "NAME",
    };

    private readonly Option<string?> _account = new("--account")
    {
        Description = "The account that is charged",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _arguments = new("--sbatch-arg")
    {
        Description = "A further argument of sbatch, such as --time=30 (repeatable)",
        HelpName = "ARG",
    };

    private readonly Option<string?> _cache = new("--cache")
    {
        Description = "The directory of caches on each node, as XDG_CACHE_HOME: shared, or one on each node."
            + " Default: what the node's environment says",
        HelpName = "DIR",
    };

    private readonly Option<int> _retries = new("--retries")
    {
        Description = "How often an element is tried again that was lost",
        HelpName = "N",
        DefaultValueFactory = _ => ClusterOptions.DefaultRetries,
    };

    private SlurmRunVerb(ProbeList probes) => _measured = new MeasureOptions(probes);

    /// <summary>What waits for the elements.</summary>
    public static ClusterFollowing Following(VerbContext context)
    {
        SlurmEngine.RequireTools();
        return new ClusterFollowing(context, new SlurmEngine());
    }

    public static Command Create(VerbContext context)
    {
        var verb = new SlurmRunVerb(context.Catalog.Probes);
        var command = new Command("run", Description(context.Catalog.Examples));
        foreach (var option in verb.Own)
        {
            command.Add(option);
        }
        verb._measured.AddTo(command);
        command.SetAction((parsed, cancellation) => verb.RunAsync(context, parsed, cancellation));
        return command;
    }

    /// <summary>What elements are not given: the kernels are pinned, and each has one core for each VM.</summary>
    private static IEnumerable<string> NotOfElements => ["--locked", "--lock", "--refresh", "--jobs"];

    private IReadOnlyList<Option> Own =>
        [_out, _shards, _chunk, _partition, _account, _arguments, _cache, _retries];

    private Task<int> RunAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        _ = context.Workspace.Repository; // A program outside of its checkout says so before anything else.
        var options = new ClusterOptions(
            _measured.Read(parsed) with { Out = parsed.GetValue(_out) },
            MeasureOptions.Given(parsed, [.. Own.Select(o => o.Name), .. NotOfElements]),
            [
                .. parsed.GetValue(_partition) is { } partition ? [$"--partition={partition}"] : Array.Empty<string>(),
                .. parsed.GetValue(_account) is { } account ? [$"--account={account}"] : Array.Empty<string>(),
                .. parsed.GetValue(_arguments) ?? [],
            ])
        {
            Shards = parsed.GetValue(_shards),
            Chunk = parsed.GetValue(_chunk),
            Cache = parsed.GetValue(_cache) is { } cache ? Files.FullPath(cache) : null,
            Retries = parsed.GetValue(_retries),
        };
        return Following(context).RunAsync(options, SlurmEngine.MostElements, cancellation);
    }
}
