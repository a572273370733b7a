using System.CommandLine;
using Harness.Analysis;
using Harness.Matrix;
using Harness.Runs;
using Harness.Shards;

namespace Harness.Cli;

/// <summary><c>harness plan</c>: how a matrix is divided among machines.</summary>
internal sealed class PlanVerb
{
    private const string Description = """
        Says how the matrix is divided among machines, as a matrix of jobs for a CI system. Each job then runs
        `harness run --shard I/N`, and one joins the runs with `harness merge`.

        Examples:
          harness plan --shards 4 --format github >>"$GITHUB_OUTPUT"   (after `echo -n matrix=`)
          harness plan --shards 4 --from results/latest   (balances by what each kernel took in that run)

        --from writes kernels.weights.yaml beside the matrix. Give every machine that file, and the lock: then all of
        them come to the same shares.
        """;

    private readonly MatrixOptions _matrix = new();

    private readonly Option<int> _shards = new("--shards")
    {
        Description = "Among how many machines",
        HelpName = "N",
        Required = true,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "json has each share's kernels; github is a line for fromJSON; gitlab is a child pipeline",
        HelpName = string.Join('|', PlanFormat.All.Select(f => f.Name)),
        DefaultValueFactory = _ => PlanFormat.All[0].Name,
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "A run that measured the kernels: its times are written beside the matrix and balance the shares",
        HelpName = "RUN",
    };

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var verb = new PlanVerb();
        var command = new System.CommandLine.Command("plan", Description) { verb._shards, verb._format, verb._from };
        verb._format.AcceptOnlyFromAmong([.. PlanFormat.All.Select(f => f.Name)]);
        verb._matrix.AddTo(command);
        command.SetAction((parsed, cancellation) => verb.RunAsync(context, parsed, cancellation));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var (terminal, workspace, catalog) = context;
        var shards = parsed.GetValue(_shards);
        if (shards is < 1 or > Shard.Most)
        {
            throw new UsageException($"{_shards.Name} takes a number from 1 to {Shard.Most}");
        }
        var resolver = new MatrixResolver(workspace, catalog.Matrix);
        var selection = _matrix.Read(parsed);
        var spec = resolver.Load(selection);
        var resolved = await resolver.ResolveAsync(spec, selection, cancellation).ConfigureAwait(false);
        var failed = KernelTable.WriteFailures(terminal, resolved.Kernels.Select(k => k.Kernel));
        var weights = parsed.GetValue(_from) is { } run
            ? Weigh(terminal, context, run, spec)
            : KernelWeights.Beside(spec.Path);
        var plan = ShardPlan.Of(resolved.Kernels, weights, shards);
        terminal.Out.WriteLine(PlanFormat.All.First(f => f.Name == parsed.GetValue(_format)).Write(plan));
        return failed ? ExitCodes.NotTestable : ExitCodes.AsExpected;
    }

    private static KernelWeights Weigh(Terminal terminal, VerbContext context, string run, MatrixSpec spec)
    {
        var weights = KernelWeights.Of(context.Catalog.Probes.Read(run));
        if (weights.Count == 0)
        {
            throw new UsageException($"--from: {run} tested no kernel to its end: it says nothing of their times");
        }
        var path = KernelWeights.PathBeside(spec.Path);
        weights.Write(path);
        terminal.Progress($"{path}: {Words.Count(weights.Count, "kernel")}");
        return weights;
    }
}
