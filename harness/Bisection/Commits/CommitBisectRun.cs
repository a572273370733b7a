using Harness.Cache;
using Harness.Kernels.Git;
using Harness.Probes;
using Harness.Runs;

namespace Harness.Bisection.Commits;

/// <summary>One bisection over commits, from what was asked to its files.</summary>
public sealed class CommitBisectRun : IDisposable
{
    private const int IdLength = 12;

    private readonly Workspace _workspace;
    private readonly CommitRequest _request;
    private readonly GitRepository _git;
    private readonly CommitQuestion _question;
    private readonly RunPlan _plan;
    private readonly IReadOnlyList<CompilerWorkshop> _workshops;
    private readonly OwnObjects _objects;

    /// <summary>A hash of the configuration and the toolchain.</summary>
    private readonly string _identity;

    /// <summary>Of this question alone, wherever its answer goes: it holds the worktree and the image.</summary>
    private readonly string _work;

    private readonly IReadOnlyList<FileStream> _locks;
    private readonly CommitJournal _journal;
    private readonly ProbeOptionValues _probes;

    private CommitBisectRun(
        Workspace workspace, CommitRequest request, GitRepository git, CommitQuestion question, RunPlan plan,
        IReadOnlyList<CompilerWorkshop> workshops, OwnObjects objects, string identity, string work,
        IReadOnlyList<FileStream> locks, CommitJournal journal, ProbeOptionValues probes)
    {
        (_workspace, _request, _git, _question, _plan) = (workspace, request, git, question, plan);
        (_workshops, _identity, _work, _locks, _journal) = (workshops, identity, work, locks, journal);
        (_objects, _probes) = (objects, probes);
    }

    /// <summary>Absolute.</summary>
    public string Directory => _plan.Directory;

    /// <summary>Checks the options, the tree and the build tools, and locks the directory and the question.</summary>
    /// <exception cref="HarnessException">Options, the tree or the machine are at fault; nothing was built.</exception>
    public static async Task<CommitBisectRun> PrepareAsync(
        BisectOptions options, CommitRequest request, Workspace workspace, RunPlanner planner,
        CancellationToken cancellation)
    {
        CommitArguments.Validate(options);
        var asked = await StepQuestion.PrepareAsync(options, planner, cancellation).ConfigureAwait(false);
        request = request with
        {
            Build = request.Build with { ProbeOptions = asked.KernelOptions },
            FixedDeadline = options.Boot.TimeoutSeconds is not null,
        };
        var started = workspace.Clock.GetUtcNow();
        var git = await GitRepository.OpenAsync("--git", request.Git, cancellation).ConfigureAwait(false);
        request = request with
        {
            Patches = await TreePatches.ResolveAsync(git, request.Patches, cancellation).ConfigureAwait(false),
        };
        var question = await CommitArguments.QuestionAsync(options, request, git, cancellation)
            .ConfigureAwait(false);
        question = question with { Typed = (options.Good, options.Bad) };
        var compilers = await Compiler.FindAsync(CommitRequest.CompilersOption, request.Compilers, cancellation)
            .ConfigureAwait(false);
        var (workshops, objects) = await CompilerWorkshop
            .WithObjectsAsync(git, request.Build, compilers, workspace.CacheRoot, cancellation).ConfigureAwait(false);
        var identity = CompilerWorkshop.IdentityOf(workshops);
        var hash = CommitArguments.Hash(git, request, question, identity, asked.Program.Program.Sha256);
        var id = $"bisect-{hash[..IdLength]}";
        var directory = Files.FullPath(options.Out ?? Path.Combine(workspace.Repository.Results, id));
        var plan = asked.Plan(planner, id, started, directory);
        var work = Path.Combine(workspace.CacheRoot, CacheKind.Bisections.Name, hash[..IdLength]);
        CachePruning.Used(System.IO.Directory.CreateDirectory(work).FullName);
        await CommitArguments.RequireBuildableAsync(workshops[0].Workshop, git, question, cancellation)
            .ConfigureAwait(false);
        var locks = Lock(workspace, plan.Directory, id);
        try
        {
            var journal = CommitJournal.Open(plan.Directory, hash);
            return new CommitBisectRun(
                workspace, request, git, question, plan, workshops, objects, identity, work, locks, journal,
                options.Probes);
        }
        catch (Exception)
        {
            Release(locks);
            throw;
        }
    }

    /// <summary>Bisects, and writes <c>bisect.json</c> and <c>bisect.md</c>.</summary>
    /// <param name="tellRun">Is told of what happens in the runs of the single steps.</param>
    /// <exception cref="BisectionAbortedException">This side failed; the same command goes on.</exception>
    public async Task<CommitDocument> RunAsync(
        Action<BisectEvent> tell, Action<RunEvent> tellRun, CancellationToken cancellation)
    {
        if (await _git.HasChangesAsync(cancellation).ConfigureAwait(false))
        {
            tell(new BisectEvent.Noted($"{_git.Directory} has changes that are not committed: they stay as they are,"
                + " and are not part of what is tested"));
        }
        var testbed = await Testbed.OfAsync(_workspace, cancellation).ConfigureAwait(false);
        await using var kernels = new KernelMeasurer(
            _plan, testbed.Vm, testbed.Chooser, testbed.Environment, _workspace.Clock, tellRun)
        {
            Alike = !_request.FixedDeadline,
        };
        if (_request.Repeat > 1)
        {
            tell(new BisectEvent.Noted(
                $"each kernel is booted {_request.Repeat} times, and a verdict counts when all boots agree"));
        }
        var name = BisectWorktree.NamePrefix + Path.GetFileName(_work);
        var worktree = new BisectWorktree(_git, Path.Combine(_work, name));
        await using var ahead = _request.Speculate == 0
            ? null
            : new BuildsAhead(CompilerWorkshop.Beside(_workshops, _request.Speculate), Path.Combine(_work, "ahead"),
                tell, cancellation);
        var commits = new CommitMeasurer(
            _objects.Reader, _workshops, kernels, _workspace.CacheRoot, _question.Case,
            _plan.Programs[0].Program.Sha256, _request.Repeat, Directory, Path.Combine(_work, "vmlinux"), tell)
        {
            Patches = new TreePatches(_objects, _request.Patches, Directory, Path.Combine(_work, "patches")),
            Ahead = ahead,
        };
        var bisection = new CommitBisection(
            _question, _git, worktree, commits, _journal, Directory, tell, CommitDocument.IsInconclusive(Directory));
        var bisected = await bisection.RunAsync(cancellation).ConfigureAwait(false);
        var (answer, mail) = await Conclusion(commits)
            .OfAsync(_question, bisection.Good, bisection.Bad, bisected, () => kernels.LastRun?.KernelParameters
                ?? kernels.Parameters, cancellation).ConfigureAwait(false);
        if (answer.IsFinal)
        {
            Files.Remove(_work);
        }
        var files = new CommitBisectFiles(_git, _question, _request, _plan, _workshops);
        var document = files.Write(
            answer, bisection.Good, bisection.Bad, mail, _journal.Steps, kernels.LastRun, _workspace.Clock);
        if (_request.ForKcidb)
        {
            await files.WriteIssueAsync(document, testbed.Environment.Host, tell, cancellation).ConfigureAwait(false);
        }
        return document;
    }

    private CulpritConclusion Conclusion(CommitMeasurer commits) => new(
        _git, new CulpritDoubts(_git, _request.Build.Machine),
        new CulpritRevert(_git, _objects, commits, _journal),
        new CulpritMailMaker(
            _git, _workshops, _request, _plan.Programs[0], _probes, Directory, Path.Combine(_work, "maintainers")),
        _journal);

    public void Dispose() => Release(_locks);

    private static void Release(IReadOnlyList<FileStream> locks)
    {
        foreach (var held in locks)
        {
            held.Dispose();
        }
    }

    /// <summary>
    /// Locks the directory, and the question: a bisection of it in another directory has the same worktree.
    /// </summary>
    private static IReadOnlyList<FileStream> Lock(Workspace workspace, string directory, string id)
    {
        var held = BisectDirectory.Lock(workspace, directory);
        try
        {
            return [held, BisectDirectory.Lock(workspace, id, "the same bisection, for another --out")];
        }
        catch (UsageException)
        {
            held.Dispose();
            throw;
        }
    }
}
