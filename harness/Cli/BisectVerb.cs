using System.CommandLine;
using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Cache;
using Harness.Machines;
using Harness.Results;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Cli;

/// <summary><c>harness bisect</c>: which kernel changed a case's verdict.</summary>
internal sealed class BisectVerb
{
    private static readonly string _description = $"""
        Names the two neighbours, of the matrix's kernels, between which a case's verdict changed. Boots both ends at the
        same time, then half of what is left each time; what an earlier bisection measured is not booted again. --good and
        --bad may stand in either order of age, and a verdict is all of outcome, step and errno.

        With --git, names the commit: git's own bisection, in a worktree of its own, over kernels built as small as can be.
        What does not build, boot or answer is stepped around. Killed at any point, the same command goes on.

        Examples:
          harness bisect --case raw.array_of_maps.array.struct.none --good 5.10.262 --bad 6.1.192
          harness bisect --case raw.array_of_maps.array.struct.none --bad 6.1.192 --good debian-7.3.4-1~exp1-cloud-{MachineList.Default.DebianName}
          harness bisect --all --case 'raw.*.struct.*' --good 5.10.218 --bad 7.3.4   (each kernel once, every change)
          harness bisect --git ~/linux --good v5.14 --bad v5.15 --case raw.array_of_maps.array.struct.none -- kernel/bpf

        Exit codes: 0 found; 2 the ends agree, or bad arguments; 3 inconclusive, a range is left, or an end cannot be
        tested; 130 interrupted, the same command goes on.
        """;

    /// <summary>In the directory of a bisection over releases, before anything else: the question, by which the same command goes on.</summary>
    private const string Asked = "question.txt";

    private readonly MatrixOptions _matrix = new();
    private readonly BootOptions _boot = new();
    private readonly Option<string> _case = new("--case") { Description = "The case, as `harness run` names it; a pattern with --all", HelpName = "ID", Required = true };
    private readonly Option<string> _good = new("--good") { Description = "One end: a kernel's id, or its upstream version where only one kernel has it", HelpName = "KERNEL|REV", Required = true };
    private readonly Option<string> _bad = new("--bad") { Description = "The other end", HelpName = "KERNEL|REV", Required = true };
    private readonly Option<bool> _all = new("--all") { Description = "Test each kernel between the ends once, and name every change" };
    private readonly OutOption _out = new("The bisection's directory. Default: results/bisect-<id>");
    private readonly CommitOptions _commits = new();
    private readonly Option<bool> _json = new("--json") { Description = "bisect.json on standard output, and progress on standard error" };

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var verb = new BisectVerb();
        var command = new System.CommandLine.Command("bisect", _description)
        {
            verb._case, verb._good, verb._bad, verb._all, verb._out, verb._json,
        };
        verb._boot.AddTo(command);
        verb._matrix.AddTo(command);
        verb._commits.AddTo(command);
        command.SetAction((parsed, cancellation) => verb.RunAsync(context, parsed, cancellation));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        _ = context.Workspace.Repository;
        var overCommits = _commits.Asked(parsed);
        Validate(parsed, overCommits);
        HostFacts.RequireTools();
        return overCommits
            ? await OverCommitsAsync(context, parsed, cancellation).ConfigureAwait(false)
            : await OverReleasesAsync(context, parsed, cancellation).ConfigureAwait(false);
    }

    private async Task<int> OverCommitsAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var (terminal, workspace, _) = context;
        var selection = _matrix.Read(parsed);
        if (parsed.GetValue(_all))
        {
            throw new UsageException("--all tests the matrix's kernels; --git has none");
        }
        if (selection.Only.Count > 0)
        {
            throw new UsageException("--only selects among the matrix's kernels; --git has none");
        }
        var matrix = selection.File is null ? null : new MatrixResolver(workspace).Load(selection);
        var planner = new RunPlanner(workspace, context.Catalog.Probes, text => terminal.Line(text));
        var probers = await planner.ProbersAsync(matrix, cancellation).ConfigureAwait(false);
        var task = BisectArguments.Tasks(parsed.GetValue(_case)!, false, probers)[0];
        var request = _commits.Read(parsed, parsed.GetValue(_good)!, parsed.GetValue(_bad)!);
        var limits = new CommitLimits(_boot.Read(parsed), matrix, parsed.GetValue(_out));
        return await new CommitBisectRun(terminal, workspace, planner, new BisectDisplay(terminal, parsed.GetValue(_json))).RunAsync(request, task, limits, cancellation).ConfigureAwait(false);
    }

    private async Task<int> OverReleasesAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var (terminal, workspace, _) = context;
        var host = workspace.HostAsync(cancellation);
        var (resolver, selection) = (new MatrixResolver(workspace), _matrix.Read(parsed));
        var matrix = resolver.Load(selection);
        var planner = new RunPlanner(workspace, context.Catalog.Probes, text => terminal.Line(text));
        var probers = await planner.ProbersAsync(matrix, cancellation).ConfigureAwait(false);
        var tasks = BisectArguments.Tasks(parsed.GetValue(_case)!, parsed.GetValue(_all), probers);
        var resolved = await resolver.ResolveAsync(matrix, selection, cancellation).ConfigureAwait(false);
        var question = BisectArguments.Question(
            parsed.GetValue(_case)!, parsed.GetValue(_all), parsed.GetValue(_good)!, parsed.GetValue(_bad)!, [.. resolved.Kernels]);
        var now = workspace.Clock.GetUtcNow();
        var id = RunIds.New(now, workspace.Repository.Results, "bisect-");
        var plan = planner.Plan(new StepwiseOptions
        {
            Id = id,
            StartedAt = now,
            Directory = Files.FullPath(parsed.GetValue(_out) ?? Path.Combine(workspace.Repository.Results, id)),
            Case = parsed.GetValue(_case)!,
            Programs = tasks,
            Boot = _boot.Read(parsed),
            Matrix = matrix,
            Selection = selection,
            Notes = resolved.Notes,
        });
        Directory.CreateDirectory(plan.Directory);
        await using var alone = Alone(workspace, plan.Directory);
        Files.Replace(Path.Combine(plan.Directory, Asked), Question(parsed));
        await using var log = new RunLog(plan.Directory, terminal, verbose: false);
        var display = new BisectDisplay(terminal, parsed.GetValue(_json));
        await using var measurer = Measurer(plan, workspace, await host.ConfigureAwait(false), log, display);
        var findings = await new ReleaseBisection(question, measurer, plan.Directory, display.Take).RunAsync(cancellation).ConfigureAwait(false);
        var document = Document(plan, question, measurer, findings, workspace.Clock.GetUtcNow());
        Write(plan.Directory, document.ToJson(), ReleaseReport.Write(document));
        display.Show(document, plan.Directory);
        return BisectArguments.ExitCodeOf(document.Answer.Result);
    }

    /// <summary>Held while a bisection writes into its directory.</summary>
    /// <exception cref="UsageException">Another one does.</exception>
    internal static FileStream Alone(Workspace workspace, string directory) => Alone(workspace, $"bisect-{Hashes.Sha256OfText(Files.RealPath(directory))}", $"the bisection in {directory}");

    /// <param name="what">What else is at work on, for the error.</param>
    /// <exception cref="UsageException">Another one holds it.</exception>
    internal static FileStream Alone(Workspace workspace, string key, string what) =>
        CacheLock.TryTake(workspace.CacheRoot, key) ?? throw new UsageException($"another harness is at work on {what}");

    /// <summary>What boots the kernels of a bisection, and tells its log and its display.</summary>
    internal static KernelMeasurer Measurer(RunPlan plan, Workspace workspace, HostInfo host, RunLog log, BisectDisplay display)
    {
        var vm = HostFacts.Machine(host);
        var chooser = new AcceleratorChooser(vm, new AcceleratorMemory(workspace.CacheRoot), host.Qemu);
        var environment = new RunEnvironment(HostFacts.HarnessVersion, host, workspace.CacheRoot, workspace.Repository.Init);
        return new KernelMeasurer(plan, vm, chooser, environment, workspace.Clock, happened =>
        {
            log.Take(happened);
            display.Take(happened);
        });
    }

    /// <summary>What is asked over releases, to be told from another question.</summary>
    private string Question(ParseResult parsed) =>
        $"--case {parsed.GetValue(_case)}\n--good {parsed.GetValue(_good)}\n--bad {parsed.GetValue(_bad)}\n{(parsed.GetValue(_all) ? "--all\n" : "")}";

    private void Validate(ParseResult parsed, bool overCommits)
    {
        _boot.Read(parsed).Validate();
        RunOptions.RequireNoFile(parsed.GetValue(_out));
        if (parsed.GetValue(_out) is { } directory)
        {
            var asked = Path.Combine(directory, Asked);
            if (!overCommits && File.Exists(asked) && File.ReadAllText(asked) is var other && other != Question(parsed))
            {
                throw new UsageException($"--out: {directory} holds another bisection: {other.Trim().Replace('\n', ' ')}");
            }
            var goesOn = File.Exists(overCommits ? Path.Combine(directory, CommitJournal.Name) : asked);
            if (!goesOn && Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            {
                throw new UsageException($"--out: {directory} is not empty, and holds no such bisection to go on with");
            }
        }
    }

    private static ReleaseDocument Document(RunPlan plan, ReleaseQuestion question, KernelMeasurer measurer, ReleaseFindings findings, DateTimeOffset finished)
    {
        var info = new ReleaseBisectInfo(
            plan.Request.RunId, plan.Request.StartedAt, finished, HostFacts.HarnessVersion,
            new ProberInfo(plan.Programs[0].Prober.Sha256, plan.CaseCount), measurer.LastRun?.Accel, measurer.LastRun?.KernelParameters,
            question.Case, question.All, question.Good, question.Bad, question.Kernels.Count, measurer.Boots);
        return new ReleaseDocument(ReleaseDocument.CurrentSchemaVersion, "releases", info, findings.Answer, findings.Steps)
        {
            Transitions = findings.Transitions,
            ErrorChanges = findings.ErrorChanges,
        };
    }

    internal static void Write(string directory, string json, string report)
    {
        Files.Replace(Path.Combine(directory, ReleaseDocument.Name), json + "\n");
        Files.Replace(Path.Combine(directory, ReleaseReport.FileName), report);
    }
}
