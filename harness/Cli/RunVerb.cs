using System.CommandLine;
using Harness.Guest;
using Harness.History;
using Harness.Machines;
using Harness.Matrix;
using Harness.Probes.InnerMaps;
using Harness.Reports;
using Harness.Results;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Cli;

/// <summary><c>harness run</c>: the matrix, or single images.</summary>
internal sealed class RunVerb
{
    private const string Description = """
        Boots every kernel of the matrix, runs the prober in each, and writes the results and reports.

        Examples:
          harness run
          harness run --only 'debian-6.1.*' --case '*.struct.*'
          harness run --image ./bzImage --image ./bzImage.patched
          harness run --baseline results/20260130-235959   (says what changed since that run)
          harness run --repeat 3   (boots each kernel three times: verdicts that differ are flaky)
          harness run --resume --out results/20260131-235959   (goes on where a run was interrupted)

        Exit codes: 0 every result is as expected; 1 some is not, or something changed since the baseline; 2 usage or
        configuration error, nothing was run; 3 a kernel could not be tested for a reason on our side; 130 interrupted,
        what was measured is saved.
        """;

    private readonly MatrixOptions _matrix = new();
    private readonly BootOptions _boot = new();
    private readonly Option<string[]> _images = new("--image") { Description = "This kernel image instead of the matrix (repeatable)", HelpName = "FILE" };
    private readonly Option<string[]> _cases = new("--case") { Description = "Just the cases with such an id (repeatable)", HelpName = "GLOB" };
    private readonly OutOption _out = new("The run directory. Default: results/<run-id>");
    private readonly Option<int?> _repeat = new("--repeat") { Description = "Boots of each kernel: a case that they do not agree on is flaky. Default: 1", HelpName = "N" };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "An earlier run, its directory or results.json: what changed since is told, and is exit code 1", HelpName = "FILE" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the interrupted run in --out: only what is missing is tested" };
    private readonly Option<uint?> _shuffle = new("--shuffle") { Description = "Run the cases in an order made from this number: verdicts must not depend on it", HelpName = "SEED" };
    private readonly Option<bool> _plain = new("--plain") { Description = "Boot every kernel as its vendor ships it, with no parameter that only saves time: slower, and the verdicts must be the same" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would be run" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "The whole log on standard error, too" };

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var verb = new RunVerb();
        var command = new System.CommandLine.Command("run", Description)
        {
            verb._images, verb._cases, verb._repeat, verb._baseline, verb._out, verb._resume, verb._shuffle, verb._plain, verb._dryRun, verb._verbose,
        };
        verb._boot.AddTo(command);
        verb._matrix.AddTo(command);
        command.SetAction((parsed, cancellation) => verb.RunAsync(context, parsed, cancellation));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var (terminal, workspace, catalog) = context;
        var repository = workspace.Repository;
        HostFacts.RequireTools();
        var host = workspace.HostAsync(cancellation);
        var plan = await PlanAsync(context, parsed, cancellation).ConfigureAwait(false);
        if (parsed.GetValue(_dryRun))
        {
            KernelTable.Write(terminal, [.. plan.Kernels.Select(k => k.Kernel)], plan.Notes);
            terminal.Line($"would run {Words.Count(plan.Tasks.Sum(t => t.Cases.Count), "case")} on {Words.Count(plan.Kernels.Count, "kernel")}, {plan.Jobs} at a time{(plan.Repeat == 1 ? "" : $", {plan.Repeat} boots each")}");
            return ExitCodes.AsExpected;
        }
        Directory.CreateDirectory(plan.Directory);
        await using var log = new RunLog(plan.Directory, terminal, parsed.GetValue(_verbose));
        await using var vm = HostFacts.Machine(await host.ConfigureAwait(false));
        var chooser = new AcceleratorChooser(vm, new AcceleratorMemory(workspace.CacheRoot), (await host.ConfigureAwait(false)).Qemu);
        var environment = new RunEnvironment(HostFacts.HarnessVersion, await host.ConfigureAwait(false), workspace.CacheRoot, workspace.Repository.Init);
        RunDocument document;
        await using (var display = RunDisplay.For(terminal))
        {
            void Tell(RunEvent happened)
            {
                log.Take(happened);
                display.Take(happened);
            }
            document = await new RunEngine(plan, vm, chooser, environment, workspace.Clock, Tell).RunAsync(cancellation).ConfigureAwait(false);
        }
        var reports = ReportSet.Write(document, plan.Directory, catalog.Formats);
        if (workspace.Variable(StepSummary.Variable) is { Length: > 0 } summary)
        {
            StepSummary.Append(terminal, summary, File.ReadAllText(Path.Combine(plan.Directory, MarkdownReport.FileName)));
        }
        LatestLink.Point(repository.Results, plan.Directory);
        RunSummary.Write(terminal, document, plan.Directory, reports);
        if (HistoryKeeper.Append(document, repository.Results, plan.Directory) is { } warning)
        {
            terminal.Error(warning);
        }
        return document.Run.Complete ? RunExitCode.Of(document) : ExitCodes.Interrupted;
    }

    private async Task<RunPlan> PlanAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var (terminal, workspace, _) = context;
        var repository = workspace.Repository;
        var resolver = new MatrixResolver(workspace);
        var selection = _matrix.Read(parsed);
        Validate(parsed);
        var resumed = parsed.GetValue(_resume) ? Journal.Read(parsed.GetValue(_out)!) : default((RunRequest Request, IReadOnlyList<KernelResult> Kernels)?);
        var matrix = LoadMatrix(parsed, repository, resumed?.Request);
        var probers = await RunProbers.MakeAsync(terminal, workspace, matrix, cancellation).ConfigureAwait(false);
        var request = resumed is { Request: var begun }
            ? begun with { Baseline = RunBaseline.Locate(parsed.GetValue(_baseline)) ?? begun.Baseline }
            : NewRequest(parsed, workspace, probers);
        RunProbers.RequireSame(parsed.GetValue(_out), request, probers);
        var caseGlobs = GlobList.Parse("--case", request.CaseGlobs);
        var cases = probers.First.Select(caseGlobs);
        var further = probers.Further.Select(p => new ProberTask(p, p.Select(caseGlobs))).ToList();
        if (cases.Count == 0 && further.All(f => f.Cases.Count == 0))
        {
            var all = probers.All.Sum(p => p.Cases.Count);
            throw new UsageException($"--case {string.Join(" --case ", request.CaseGlobs)} matches none of the prober's {all} cases");
        }
        RequireShortCommandLine(caseGlobs);
        RequireSameRepeat(parsed, request);
        if (resumed is not null)
        {
            RequireSameSelection(parsed, request);
        }
        var baseline = RunBaseline.Read(request, caseGlobs);
        var resolved = request.Matrix is null
            ? new ResolvedMatrix(ImageIds.Of(request.Images), [])
            : await resolver.ResolveAsync(matrix!, selection with { Locked = request.Locked, Only = request.Only }, cancellation).ConfigureAwait(false);
        var standing = resumed?.Kernels.Where(Stands).ToList() ?? [];
        var budget = _boot.Budget(parsed);
        var ids = standing.Select(k => k.Id).ToHashSet(StringComparer.Ordinal);
        return new RunPlan(
            request, [.. resolved.Kernels.Where(k => !ids.Contains(k.Kernel.Id))], standing, matrix?.Expectations ?? [], probers.First, cases, caseGlobs,
            _out.Path(parsed, Path.Combine(repository.Results, request.RunId)),
            _boot.Accelerator(parsed),
            _boot.Timeout(parsed, matrix),
            budget.Jobs,
            parsed.GetValue(_shuffle),
            budget.Note is null ? resolved.Notes : [.. resolved.Notes, budget.Note])
        {
            Plain = parsed.GetValue(_plain),
            DoesWithout = InnerMapsProbe.Instance.DoesWithout,
            Further = further,
            Toolchains = probers.Toolchains,
            Repeat = request.Repeat,
            Baseline = baseline,
        };
    }

    /// <summary>Half a run's kernels booted once and half of them thrice would compare what is not comparable.</summary>
    private void RequireSameRepeat(ParseResult parsed, RunRequest request)
    {
        if (parsed.GetValue(_repeat) is { } repeat && repeat != request.Repeat)
        {
            throw new UsageException($"--repeat: the run in {parsed.GetValue(_out)} was begun with --repeat {request.Repeat}; leave it out, or start a new run");
        }
    }

    /// <summary>A run that goes on is the one that was begun: what asks for another would be ignored, and its answer taken for that of another question.</summary>
    private void RequireSameSelection(ParseResult parsed, RunRequest request)
    {
        var selection = _matrix.Read(parsed);
        var images = (parsed.GetValue(_images) ?? []).Select(Path.GetFullPath);
        var other = new (string Option, bool Differs)[]
        {
            ("--kernels", selection.File is { } file && Path.GetFullPath(file) != request.Matrix),
            ("--image", images.Any() && !images.SequenceEqual(request.Images)),
            ("--only", selection.Only is { Count: > 0 } only && !only.SequenceEqual(request.Only)),
            ("--case", parsed.GetValue(_cases) is { Length: > 0 } cases && !cases.SequenceEqual(request.CaseGlobs)),
            ("--locked", selection.Locked && !request.Locked),
        }.FirstOrDefault(o => o.Differs).Option;
        if (other is not null)
        {
            throw new UsageException($"{other}: the run in {parsed.GetValue(_out)} was begun with another selection; leave it out, or start a new run");
        }
    }

    private void Validate(ParseResult parsed)
    {
        var directory = parsed.GetValue(_out);
        if (parsed.GetValue(_resume) && directory is null)
        {
            throw new UsageException("--resume needs --out DIR, the directory of the run to go on with");
        }
        if (!parsed.GetValue(_resume) && directory is not null && File.Exists(Path.Combine(directory, Journal.Name)))
        {
            throw new UsageException($"{directory} holds a run already; give --resume to go on with it, or another --out");
        }
        if (!parsed.GetValue(_resume) && Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new UsageException($"--out: {directory} is not empty, and holds no run to go on with; nothing of it is overwritten");
        }
        _out.Validate(parsed);
        if (parsed.GetValue(_images) is { Length: > 0 } && _matrix.Read(parsed) is { Locked: true } or { File: not null })
        {
            throw new UsageException("--image takes the place of the matrix, so --kernels and --locked have none beside it");
        }
        _boot.Validate(parsed);
        if (parsed.GetValue(_repeat) is < 1)
        {
            throw new UsageException("--repeat must be at least 1");
        }
    }

    private RunRequest NewRequest(ParseResult parsed, Workspace workspace, ProberSet probers)
    {
        var now = workspace.Clock.GetUtcNow();
        var repository = workspace.Repository;
        var selection = _matrix.Read(parsed);
        var images = parsed.GetValue(_images) ?? [];
        return new RunRequest(
            RunIds.Named(parsed.GetValue(_out), repository.Results) ?? RunIds.New(now, repository.Results), now,
            images.Length > 0 ? null : Path.GetFullPath(selection.File ?? repository.DefaultMatrix),
            [.. images.Select(Path.GetFullPath)],
            selection.Locked, selection.Only, parsed.GetValue(_cases) ?? [], probers.First.Sha256)
        {
            FurtherProbers = [.. probers.Further.Select(p => p.Sha256)],
            Repeat = parsed.GetValue(_repeat) ?? 1,
            Baseline = RunBaseline.Locate(parsed.GetValue(_baseline)),
        };
    }

    /// <summary>
    /// The matrix of a new run or of the one that goes on. Expectations are about upstream versions, so the default
    /// matrix's hold for single images, too; its axes are not asked of them.
    /// </summary>
    private MatrixSpec? LoadMatrix(ParseResult parsed, Repository repository, RunRequest? resumed)
    {
        var images = resumed is null ? parsed.GetValue(_images) is { Length: > 0 } : resumed.Matrix is null;
        return !images ? MatrixLoader.Load(resumed?.Matrix ?? _matrix.Read(parsed).File ?? repository.DefaultMatrix)
            : File.Exists(repository.DefaultMatrix) ? MatrixLoader.Load(repository.DefaultMatrix) with { Toolchains = [], Libbpf = [] }
            : null;
    }

    /// <summary>A result that need not be measured again: the kernel answered, or never will.</summary>
    private static bool Stands(KernelResult kernel) => kernel.Status is not (KernelStatus.NotRun or KernelStatus.InfraError or KernelStatus.Unavailable);

    private static void RequireShortCommandLine(IReadOnlyList<Glob> globs)
    {
        var limit = MachineList.All.Min(VirtmeArguments.RoomForCases);
        var patterns = globs.SelectMany(g => g.Alternatives).ToList();
        if (patterns.Sum(p => p.Length + 1) > limit)
        {
            throw new UsageException($"--case: the patterns are longer than {limit} characters, which a kernel's command line cannot hold; use fewer, with wildcards");
        }
        if (patterns.FirstOrDefault(p => p.Any(c => char.IsWhiteSpace(c) || c is '"' or ',')) is { } bad)
        {
            throw new UsageException($"--case: '{bad}' has a character that no case id has");
        }
    }
}
