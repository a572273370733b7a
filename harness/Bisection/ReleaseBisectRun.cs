using Harness.Bisection.Commits;
using Harness.Results;
using Harness.Runs;

namespace Harness.Bisection;

/// <summary>One bisection over the matrix's kernels, from what was asked to its files.</summary>
public sealed class ReleaseBisectRun : IDisposable
{
    /// <summary>
    /// A file that is written before anything else and holds the question. The same command finds its bisection by it.
    /// </summary>
    private const string QuestionName = "question.txt";

    private readonly Workspace _workspace;
    private readonly ReleaseQuestion _question;
    private readonly RunPlan _plan;
    private readonly FileStream _lock;

    private ReleaseBisectRun(Workspace workspace, ReleaseQuestion question, RunPlan plan, FileStream held) =>
        (_workspace, _question, _plan, _lock) = (workspace, question, plan, held);

    /// <summary>Absolute.</summary>
    public string Directory => _plan.Directory;

    /// <summary>Checks what was asked, resolves the matrix, and locks the directory.</summary>
    /// <exception cref="HarnessException">
    /// Options, the matrix or the machine are at fault; nothing was booted.
    /// </exception>
    public static async Task<ReleaseBisectRun> PrepareAsync(
        BisectOptions options, Workspace workspace, RunPlanner planner, CancellationToken cancellation)
    {
        options.Boot.Validate();
        if (options.FurtherGood.Count > 0 || options.Skip.Count > 0 || options.Good == CommitQuestion.Auto)
        {
            throw new UsageException("several --good, --good auto and --skip: only with --git DIR");
        }
        RequireSameQuestion(options);
        BisectDirectory.RequireUsable(options.Out, QuestionName);
        HostFacts.RequireTools();
        _ = workspace.HostAsync(cancellation); // Takes a while, which the rest of the preparation fills.
        var matrix = planner.Matrices.Load(options.Selection);
        matrix = matrix with { Probes = planner.EntriesOf(matrix, options.Probes) };
        var prepared = await planner.ProgramsAsync(matrix, matrix.Probes, cancellation).ConfigureAwait(false);
        var programs = BisectArguments.Tasks(options.Case, options.All, prepared);
        var resolved = await planner.Matrices
            .ResolveAsync(matrix, options.Selection, cancellation).ConfigureAwait(false);
        var question = BisectArguments.Question(
            options.Case, options.All, options.Good, options.Bad, resolved.Kernels);
        var (now, results) = (workspace.Clock.GetUtcNow(), workspace.Repository.Results);
        var id = RunIds.New(now, results, "bisect-");
        var plan = planner.Plan(new StepwiseOptions
        {
            Id = id,
            StartedAt = now,
            Directory = Files.FullPath(options.Out ?? Path.Combine(results, id)),
            Case = options.Case,
            Programs = programs,
            Prepared = prepared,
            Boot = options.Boot,
            Matrix = matrix,
            Selection = options.Selection,
            Notes = [.. resolved.Notes, .. resolved.Failures],
        });
        System.IO.Directory.CreateDirectory(plan.Directory);
        var held = BisectDirectory.Lock(workspace, plan.Directory);
        Files.Replace(Path.Combine(plan.Directory, QuestionName), Text(options));
        return new ReleaseBisectRun(workspace, question, plan, held);
    }

    /// <summary>Bisects, and writes <c>bisect.json</c> and <c>bisect.md</c>.</summary>
    /// <param name="tellRun">Is told of what happens in the runs of the single steps.</param>
    public async Task<ReleaseDocument> RunAsync(
        Action<BisectEvent> tell, Action<RunEvent> tellRun, CancellationToken cancellation)
    {
        var testbed = await Testbed.OfAsync(_workspace, cancellation).ConfigureAwait(false);
        await using var measurer = new KernelMeasurer(
            _plan, testbed.Vm, testbed.Chooser, testbed.Environment, _workspace.Clock, tellRun);
        var findings = await new ReleaseBisection(_question, measurer, Directory, tell).RunAsync(cancellation)
            .ConfigureAwait(false);
        var document = Document(measurer, findings);
        BisectDirectory.Write(Directory, document.ToJson(), ReleaseReport.Write(document));
        return document;
    }

    public void Dispose() => _lock.Dispose();

    private static void RequireSameQuestion(BisectOptions options)
    {
        RunOptions.RequireNoFile(options.Out);
        var file = options.Out is null ? null : Path.Combine(options.Out, QuestionName);
        if (File.Exists(file) && File.ReadAllText(file) is var other && other != Text(options))
        {
            throw new UsageException(
                $"--out: {options.Out} holds another bisection: {other.Trim().Replace('\n', ' ')}");
        }
    }

    /// <summary>What another command of the same question says alike: an option a line.</summary>
    private static string Text(BisectOptions options)
    {
        var selection = options.Selection;
        IEnumerable<string> lines =
        [
            $"--case {options.Case}", $"--good {options.Good}", $"--bad {options.Bad}",
            .. options.All ? ["--all"] : Array.Empty<string>(),
            .. selection.File is { } file ? [$"--kernels {Path.GetFullPath(file)}"] : Array.Empty<string>(),
            .. selection.Only.Select(glob => $"--only {glob}"),
            .. selection.Locked ? ["--locked"] : Array.Empty<string>(),
            .. options.Probes.ByOption.OrderBy(option => option.Key, StringComparer.Ordinal)
                .SelectMany(option => option.Value.Select(value => $"{option.Key} {value}".TrimEnd())),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private ReleaseDocument Document(KernelMeasurer measurer, ReleaseFindings findings)
    {
        var info = new ReleaseBisectInfo(
            _plan.Request.RunId, _plan.Request.StartedAt, _workspace.Clock.GetUtcNow(), HostFacts.HarnessVersion,
            new ProberInfo(_plan.Programs[0].Program.Sha256, _plan.CaseCount),
            measurer.LastRun?.Accel, measurer.LastRun?.KernelParameters,
            _question.Case, _question.All, _question.Good, _question.Bad, _question.Kernels.Count, measurer.Boots);
        return new ReleaseDocument(
            ReleaseDocument.CurrentSchemaVersion, "releases", info, findings.Answer, findings.Steps)
        {
            Transitions = findings.Transitions,
            ErrorChanges = findings.ErrorChanges,
        };
    }
}
