using System.CommandLine;
using System.Text.Json;
using Harness.Analysis;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;

namespace Harness.Cli;

/// <summary><c>harness run</c>: the matrix, or single images.</summary>
internal sealed class RunVerb
{
    private static string Description(string image, ProbeExamples examples) => $"""
        Boots every kernel of the matrix, runs the prober in each, and writes the results and reports.

        Examples:
          harness run
          harness run --only 'debian-6.1.*' --case '{examples.Pattern}'
          harness run --image ./{image} --image ./{image}.patched
          harness run --baseline results/20260130-235959   (says what changed since that run)
          harness run --repeat 3   (boots each kernel three times: verdicts that differ are flaky)
          harness run --shard 1/3   (a third of the kernels: two other machines test the rest)
          harness run --resume --out results/20260131-235959   (goes on where a run was interrupted)
          harness run --object build/ --watch   (asks again whenever an object changes)

        Exit codes: 0 every result is as expected; 1 some is not, or something changed since the baseline; 2 usage or
        configuration error, nothing was run; 3 a kernel could not be tested for a reason on our side; 130 interrupted,
        what was measured is saved.
        """;

    private readonly ProbeOptions _probes;
    private readonly MatrixOptions _matrix = new();
    private readonly BootOptions _boot = new();
    private readonly OutOption _out = new("The run directory. Default: results/<run-id>");

    private readonly Option<string[]> _images = new("--image")
    {
        Description = "This kernel image instead of the matrix, booted as it is (repeatable)",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _cases = new("--case")
    {
        Description = "Just the cases with such an id (repeatable)",
        HelpName = "GLOB",
    };

    private readonly Option<int?> _repeat = new("--repeat")
    {
        Description = "Boots of each kernel: a case that they do not agree on is flaky. Default: 1",
        HelpName = "N",
    };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Just the I-th of N shares of the kernels, balanced by kernels.weights.yaml beside the matrix"
            + " where `harness plan` wrote it; `harness merge` joins the runs",
        HelpName = "I/N",
    };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "An earlier run, its directory or results.json: what changed since is told, and is exit code 1",
        HelpName = "FILE",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on with the interrupted run in --out: only what is missing is tested",
    };

    private readonly Option<uint?> _shuffle = new("--shuffle")
    {
        Description = "Run the cases in an order made from this number: verdicts must not depend on it",
        HelpName = "SEED",
    };

    private readonly Option<bool> _plain = new("--plain")
    {
        Description = "Boot every kernel as its vendor ships it, with no parameter that only saves time: slower, and"
            + " the verdicts must be the same",
    };

    private readonly Option<bool> _reuse = new("--reuse")
    {
        Description = "Do not boot a kernel that an earlier run measured with the same image, programs, parameters and"
            + " accelerator: its row says when that was",
    };

    private readonly Option<int?> _renew = new("--renew")
    {
        Description = "With --reuse: measure each kernel anew within so many days, a like share each day."
            + " Default: never",
        HelpName = "DAYS",
    };

    private readonly Option<bool> _warm = new("--warm")
    {
        Description = "Save each kernel when it is first booted. Otherwise it is saved when it is booted again, or at"
            + " once where a case may kill it",
    };

    private readonly Option<bool> _cold = new("--cold")
    {
        Description = "Boot every kernel from its first instruction. Otherwise one of which there is a snapshot is"
            + " restored",
    };

    private readonly Option<long> _snapshotBytes = new("--snapshot-bytes")
    {
        Description = "How much snapshots of kernels may take in the cache; 0 keeps and uses none. Default: 8 GiB",
        HelpName = "N",
        DefaultValueFactory = _ => RunOptions.DefaultSnapshotBytes,
    };

    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Ask again whenever a file changes that --object or --exec names, and say what changed; Ctrl-C"
            + " ends it. Kernels are saved at once (--warm) unless --cold is given",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would be run" };

    private readonly JsonOption _json = new("With --dry-run: for machines. What a run finds is in its results.json");

    private readonly Option<bool> _verbose = new("--verbose") { Description = "The whole log on standard error, too" };

    private RunVerb(ProbeList probes) => _probes = new ProbeOptions(probes);

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var verb = new RunVerb(context.Catalog.Probes);
        var image = Path.GetFileName(Catalog.Machines[0].InstalledImage);
        var command = new System.CommandLine.Command("run", Description(image, context.Catalog.Examples))
        {
            verb._images, verb._cases, verb._repeat, verb._shard, verb._baseline, verb._out, verb._resume,
            verb._shuffle, verb._plain, verb._warm, verb._cold, verb._snapshotBytes, verb._reuse, verb._renew,
            verb._watch, verb._dryRun, verb._json, verb._verbose,
        };
        verb._probes.AddTo(command);
        verb._boot.AddTo(command);
        verb._matrix.AddTo(command);
        command.SetAction((parsed, cancellation) => verb.RunAsync(context, parsed, cancellation));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var (terminal, workspace, catalog) = context;
        if (parsed.GetValue(_json) && !parsed.GetValue(_dryRun))
        {
            throw new UsageException("--json goes with --dry-run; what a run finds is in its results.json");
        }
        _ = workspace.Repository; // A program outside of its checkout says so before anything else.
        HostFacts.RequireTools();
        _ = workspace.HostAsync(cancellation); // Takes a while, meanwhile the run is planned.
        // The answer to --json is alone on standard output.
        Action<string> tell = parsed.GetValue(_json) ? terminal.Progress : text => terminal.Line(text);
        var planner = new RunPlanner(workspace, catalog.Matrix, catalog.Probes, tell);
        var options = Read(parsed);
        if (!parsed.GetValue(_dryRun))
        {
            return options.Watch
                ? await new RunWatch(terminal, planner.Watch(options.Probes)).RunAsync(options, OnceAsync, cancellation)
                    .ConfigureAwait(false)
                : (await OnceAsync(options, cancellation).ConfigureAwait(false)).ExitCode;
        }
        var plan = await planner.PlanAsync(options, cancellation).ConfigureAwait(false);
        KernelTable.WriteFailures(terminal, plan.Kernels.Select(k => k.Kernel));
        if (parsed.GetValue(_json))
        {
            var planned = PlannedRun.Of(plan);
            terminal.Out.WriteLine(JsonSerializer.Serialize(planned, PlannedRunJson.Default.PlannedRun));
            return ExitCodes.AsExpected;
        }
        WritePlan(terminal, plan);
        return ExitCodes.AsExpected;

        Task<(string Directory, int ExitCode)> OnceAsync(RunOptions asked, CancellationToken stop) =>
            RunVerb.OnceAsync(context, planner, asked, parsed.GetValue(_verbose), stop);
    }

    /// <returns>The run's directory, and its exit code.</returns>
    private static async Task<(string Directory, int ExitCode)> OnceAsync(
        VerbContext context, RunPlanner planner, RunOptions options, bool verbose, CancellationToken cancellation)
    {
        var plan = await planner.PlanAsync(options, cancellation).ConfigureAwait(false);
        KernelTable.WriteFailures(context.Terminal, plan.Kernels.Select(k => k.Kernel));
        var document = await RunAsync(context.Terminal, context.Workspace, plan, verbose, cancellation)
            .ConfigureAwait(false);
        FinishedRun.Publish(context, document, plan.Directory, resumable: true);
        return (plan.Directory, document.Run.Complete ? RunExitCode.Of(document) : ExitCodes.Interrupted);
    }

    private RunOptions Read(ParseResult parsed) => new()
    {
        Selection = _matrix.Read(parsed),
        Boot = _boot.Read(parsed),
        Images = parsed.GetValue(_images) ?? [],
        Probes = _probes.Read(parsed),
        Cases = parsed.GetValue(_cases) ?? [],
        Out = parsed.GetValue(_out),
        Repeat = parsed.GetValue(_repeat),
        Shard = parsed.GetValue(_shard) is { } shard ? Shard.Parse(_shard.Name, shard) : null,
        Baseline = parsed.GetValue(_baseline),
        Resume = parsed.GetValue(_resume),
        Shuffle = parsed.GetValue(_shuffle),
        Plain = parsed.GetValue(_plain),
        Reuse = parsed.GetValue(_reuse),
        RenewDays = parsed.GetValue(_renew),
        Watch = parsed.GetValue(_watch),
        Warm = parsed.GetValue(_warm) || (parsed.GetValue(_watch) && !parsed.GetValue(_cold)),
        Cold = parsed.GetValue(_cold),
        SnapshotBytes = parsed.GetValue(_snapshotBytes),
    };

    private static void WritePlan(Terminal terminal, RunPlan plan)
    {
        KernelTable.Write(terminal, [.. plan.Kernels.Select(k => k.Kernel)], plan.Notes);
        terminal.Line($"would run {Words.Count(plan.CaseCount, "case")} on {Words.Count(plan.Kernels.Count, "kernel")},"
            + $" {plan.Jobs} at a time{(plan.Repeat == 1 ? "" : $", {plan.Repeat} boots each")}");
    }

    private static async Task<RunDocument> RunAsync(
        Terminal terminal, Workspace workspace, RunPlan plan, bool verbose, CancellationToken cancellation)
    {
        plan.MakeDirectory();
        await using var log = new RunLog(plan.Directory, terminal, verbose);
        await using var testbed = await Testbed.OfAsync(workspace, cancellation, plan.Snapshots.Bytes)
            .ConfigureAwait(false);
        await using var display = RunDisplay.For(terminal);
        var engine = new RunEngine(
            plan, testbed.Vm, testbed.Chooser, testbed.Environment, workspace.Clock, Tell);
        return await engine.RunAsync(cancellation).ConfigureAwait(false);

        void Tell(RunEvent happened)
        {
            log.Take(happened);
            display.Take(happened);
        }
    }
}
