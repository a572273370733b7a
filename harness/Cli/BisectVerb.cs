using System.CommandLine;
using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Probes;
using Harness.Runs;

namespace Harness.Cli;

/// <summary><c>harness bisect</c>: which kernel changed a case's verdict.</summary>
internal sealed class BisectVerb
{
    /// <summary>The option with which <c>git bisect run</c> reads the exit code.</summary>
    public const string Step = "--step";

    private static string Description(ProbeExamples probe) => $"""
    Names the two neighbours, of the matrix's kernels, between which a case's verdict changed. Boots both ends at the
    same time, then half of what is left each time; what an earlier bisection measured is not booted again. --good and
    --bad may stand in either order of age, and a verdict is all of outcome, step and errno.

    With --git, names the commit: git's own bisection, in a worktree of its own, over kernels built as small as can be.
    What does not build, boot or answer is stepped around. Killed at any point, the same command goes on.

    Examples:
      harness bisect --case {probe.Case} --good 5.10.262 --bad 6.1.192
      harness bisect --case {probe.Case} --bad 6.1.192 --good {Unreleased}
      harness bisect --all --case '{probe.LayerPattern}' --good 5.10.218 --bad 7.3.4   (each kernel once, every change)
      harness bisect --case {probe.Case} --good 5.10 --bad 6.1 --to-commit ~/linux   (the release, then the commit)
      harness bisect --git ~/linux --good v5.14 --bad v5.15 --case {probe.Case} -- {probe.Sources}
      git bisect run scripts/harness bisect --step --git . --case {probe.Case}   (driven by git itself)
      harness bisect --git ~/linux --good auto --bad HEAD --case {probe.Case}   (it was better in some release)

    Exit codes: 0 found; 2 the ends agree, or bad arguments; 3 inconclusive, a range is left, or an end cannot be
    tested; 130 interrupted, the same command goes on.
    """;

    /// <summary>A kernel whose version is not written like the version in its id.</summary>
    private static string Unreleased => $"debian-7.3.4-1~exp1-cloud-{Catalog.Machines[0].DebianName}";

    private readonly ProbeOptions _probes;
    private readonly MatrixOptions _matrix = new();
    private readonly BootOptions _boot = new();
    private readonly OutOption _out = new("The bisection's directory. Default: results/bisect-<id>");
    private readonly CommitOptions _commits = new();

    private readonly Option<string> _case = new("--case")
    {
        Description = "The case, as `harness run` names it; a pattern with --all",
        HelpName = "ID",
        Required = true,
    };

    private readonly Option<string[]> _good = new("--good")
    {
        Description = "One end: a kernel's id, its upstream version where only one kernel has it, or a series,"
            + " such as 6.1: its end that is farther from the other. Over commits: a revision (repeatable), or"
            + " `auto`, which goes back from --bad over the tags of releases until one differs",
        HelpName = "KERNEL|REV",
    };

    private readonly Option<string> _bad = new("--bad")
    {
        Description = "The other end",
        HelpName = "KERNEL|REV",
    };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Test each kernel between the ends once, and name every change",
    };

    private readonly Option<bool> _step = new(Step)
    {
        Description = "Judge only the commit that the tree of --git is at, or an --image: 0 when it does what the case"
            + " wants, 1 when it does not, 125 when it tells nothing, 128 when this side fails, as git bisect run takes"
            + " them",
    };

    private readonly Option<string?> _image = new("--image")
    {
        Description = "With --step: this kernel image",
        HelpName = "FILE",
    };

    private readonly JsonOption _json = new("bisect.json on standard output, and progress on standard error");

    private BisectVerb(ProbeList probes) => _probes = new ProbeOptions(probes);

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var verb = new BisectVerb(context.Catalog.Probes);
        var command = new System.CommandLine.Command("bisect", Description(context.Catalog.Examples))
        {
            verb._case, verb._good, verb._bad, verb._all, verb._step, verb._image, verb._out, verb._json,
        };
        verb._probes.AddTo(command);
        verb._boot.AddTo(command);
        verb._matrix.AddTo(command);
        verb._commits.AddTo(command);
        command.SetAction((parsed, cancellation) => verb.RunAsync(context, parsed, cancellation));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, ParseResult parsed, CancellationToken cancellation)
    {
        var (terminal, workspace, catalog) = context;
        _ = workspace.Repository; // A program outside of its checkout says so before anything else.
        Action<string> tell = parsed.GetValue(_json) ? terminal.Progress : text => terminal.Line(text);
        var planner = new RunPlanner(workspace, catalog.Matrix, catalog.Probes, tell);
        await using var display = new BisectDisplay(terminal, parsed.GetValue(_json));
        if (parsed.GetValue(_step))
        {
            return await StepAsync(context, parsed, planner, display, cancellation).ConfigureAwait(false);
        }
        RequireEnds(parsed);
        var options = Read(parsed);
        if (_commits.Read(parsed) is { } request)
        {
            using var commits = await CommitBisectRun
                .PrepareAsync(options, request, workspace, planner, cancellation).ConfigureAwait(false);
            return await FinishAsync(context, display, commits, cancellation).ConfigureAwait(false);
        }
        var followUp = _commits.ReadFollowUp(parsed);
        if (followUp is not null)
        {
            await CommitFollowUp.RequireCloneAsync(followUp, cancellation).ConfigureAwait(false);
        }
        using var bisection = await ReleaseBisectRun.PrepareAsync(options, workspace, planner, cancellation)
            .ConfigureAwait(false);
        var releases = await ReleasesAsync(terminal, display, bisection, cancellation).ConfigureAwait(false);
        CommitBisectRun? next = null;
        try
        {
            next = followUp is null
                ? null
                : await CommitFollowUp.PrepareAsync(
                    options, releases, bisection.Directory, followUp, workspace, planner, cancellation)
                    .ConfigureAwait(false);
        }
        finally
        {
            display.Show(releases, bisection.Directory, isLast: next is null);
        }
        using (next)
        {
            return next is null
                ? BisectExitCode.Of(releases.Answer.Result)
                : await FinishAsync(context, display, next, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Judges one tree or image. Whatever goes wrong on this side stops <c>git bisect run</c>, which would take any
    /// lower exit code for a verdict.
    /// </summary>
    private async Task<int> StepAsync(
        VerbContext context, ParseResult parsed, RunPlanner planner, BisectDisplay display,
        CancellationToken cancellation)
    {
        try
        {
            if (parsed.GetValue(_good) is { Length: > 0 } || parsed.GetValue(_bad) is not null || parsed.GetValue(_all))
            {
                throw new UsageException("--step judges one tree or image: it has no --good, --bad or --all");
            }
            var options = Read(parsed);
            var (request, image) = (_commits.Read(parsed), parsed.GetValue(_image));
            if (request is { FirstParent: true } or { Paths.Count: > 0 } or { ForKcidb: true } or { Speculate: > 0 }
                || options.Skip.Count > 0)
            {
                var paths = string.Concat(request?.Paths.Select(path => $", {path}") ?? []);
                throw new UsageException($"--step judges one commit: it has no --first-parent, --skip,"
                    + $" --format, --speculate or paths{paths}");
            }
            var step = (request, image) switch
            {
                (null, { } file) => await ImageStep.JudgeAsync(
                    options, file, context.Workspace, planner, display.Take, cancellation).ConfigureAwait(false),
                ({ } tree, null) => await TreeStep.JudgeAsync(
                    options, tree, context.Workspace, planner, display.Take, display.Take, cancellation)
                    .ConfigureAwait(false),
                _ => throw new UsageException("--step judges the tree of --git DIR, or an --image FILE"),
            };
            display.Show(step);
            return step.ExitCode;
        }
        catch (Exception e) when (e is HarnessException or IOException or UnauthorizedAccessException)
        {
            context.Terminal.Error(e.Message);
            return ExitCodes.BisectStop;
        }
    }

    /// <exception cref="UsageException">An end is missing, or an option is given that only --step has.</exception>
    private void RequireEnds(ParseResult parsed)
    {
        if (parsed.GetValue(_image) is not null)
        {
            throw new UsageException("--image: only with --step");
        }
        if (parsed.GetValue(_good) is not { Length: > 0 } || parsed.GetValue(_bad) is null)
        {
            throw new UsageException("--good and --bad are required, but with --step");
        }
    }

    private static async Task<ReleaseDocument> ReleasesAsync(
        Terminal terminal, BisectDisplay display, ReleaseBisectRun bisection, CancellationToken cancellation)
    {
        await using var log = new RunLog(bisection.Directory, terminal, verbose: false);
        return await bisection.RunAsync(display.Take, display.With(log), cancellation).ConfigureAwait(false);
    }

    private static async Task<int> FinishAsync(
        VerbContext context, BisectDisplay display, CommitBisectRun bisection, CancellationToken cancellation)
    {
        await using var log = new RunLog(bisection.Directory, context.Terminal, verbose: false);
        var document = await bisection.RunAsync(display.Take, display.With(log), cancellation).ConfigureAwait(false);
        display.Show(document, bisection.Directory);
        return BisectExitCode.Of(document.Answer.Result);
    }

    private BisectOptions Read(ParseResult parsed) => new()
    {
        Case = parsed.GetValue(_case)!,
        Good = parsed.GetValue(_good)?.FirstOrDefault() ?? "",
        FurtherGood = [.. (parsed.GetValue(_good) ?? []).Skip(1)],
        Skip = _commits.ReadSkipped(parsed),
        Bad = parsed.GetValue(_bad) ?? "",
        Probes = _probes.Read(parsed),
        All = parsed.GetValue(_all),
        Out = parsed.GetValue(_out),
        Selection = _matrix.Read(parsed),
        Boot = _boot.Read(parsed),
    };
}
