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

    private readonly MeasureOptions _measured;
    private readonly OutOption _out = new("The run directory. Default: results/<run-id>");

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

    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Ask again whenever a file changes that --object or --exec names, and say what changed; Ctrl-C"
            + " ends it. Kernels are saved at once (--warm) unless --cold is given",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would be run" };

    private readonly JsonOption _json = new("With --dry-run: for machines. What a run finds is in its results.json");

    private readonly Option<bool> _verbose = new("--verbose") { Description = "The whole log on standard error, too" };

    private RunVerb(ProbeList probes) => _measured = new MeasureOptions(probes);

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var verb = new RunVerb(context.Catalog.Probes);
        var image = Path.GetFileName(Catalog.Machines[0].InstalledImage);
        var command = new System.CommandLine.Command("run", Description(image, context.Catalog.Examples));
        verb._measured.AddTo(command);
        foreach (var option in new Option[]
        {
            verb._shard, verb._baseline, verb._out, verb._resume, verb._watch, verb._dryRun, verb._json, verb._verbose,
        })
        {
            command.Add(option);
        }
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

    private RunOptions Read(ParseResult parsed)
    {
        var measured = _measured.Read(parsed);
        var watch = parsed.GetValue(_watch);
        return measured with
        {
            Out = parsed.GetValue(_out),
            Shard = parsed.GetValue(_shard) is { } shard ? Shard.Parse(_shard.Name, shard) : null,
            Baseline = parsed.GetValue(_baseline),
            Resume = parsed.GetValue(_resume),
            Watch = watch,
            Warm = measured.Warm || (watch && !measured.Cold),
        };
    }

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
