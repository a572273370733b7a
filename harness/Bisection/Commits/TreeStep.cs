using Harness.Cache;
using Harness.Kernels.Git;
using Harness.Runs;

namespace Harness.Bisection.Commits;

/// <summary>
/// <c>bisect --step --git</c>: judges the commit that a tree is at, for those who drive <c>git bisect run</c>
/// themselves. The steps of one question share a directory, so that a kernel which hung is known again.
/// </summary>
public static class TreeStep
{
    private const int IdLength = 12;

    /// <param name="tellRun">Is told of what happens in the boot.</param>
    /// <exception cref="HarnessException">Nothing is known of the commit: this side is at fault.</exception>
    public static async Task<JudgedStep> JudgeAsync(
        BisectOptions options, CommitRequest request, Workspace workspace, RunPlanner planner,
        Action<BisectEvent> tell, Action<RunEvent> tellRun, CancellationToken cancellation)
    {
        BisectDirectory.RequireUsable(options.Out, CommitJournal.Name);
        var question = await StepQuestion.PrepareAsync(options, planner, cancellation).ConfigureAwait(false);
        var build = request.Build with { ProbeOptions = question.KernelOptions };
        var git = await GitRepository.OpenAsync("--git", request.Git, cancellation).ConfigureAwait(false);
        var commit = await CommitAsync(git, cancellation).ConfigureAwait(false);
        var compilers = await Compiler.FindAsync(CommitRequest.CompilersOption, request.Compilers, cancellation)
            .ConfigureAwait(false);
        var (workshops, objects) = await CompilerWorkshop
            .WithObjectsAsync(git, build, compilers, workspace.CacheRoot, cancellation).ConfigureAwait(false);
        var workshop = workshops[0].Workshop;
        var prober = question.Program.Program.Sha256;
        var patches = await TreePatches.ResolveAsync(git, request.Patches, cancellation).ConfigureAwait(false);
        var hash = Hashes.Sha256OfText(string.Join(
            '\0',
            [
                git.Directory, question.Case, CompilerWorkshop.IdentityOf(workshops), prober, $"{request.Repeat}",
                .. patches.Select(patch => patch.Identity),
            ]));
        var id = $"bisect-step-{hash[..IdLength]}";
        var directory = Files.FullPath(options.Out ?? Path.Combine(workspace.Repository.Results, id));
        Directory.CreateDirectory(directory);
        using var held = BisectDirectory.Lock(workspace, directory);
        var journal = CommitJournal.Open(directory, hash);
        if (workshop.MissingTools() is { } missing)
        {
            throw new UsageException(missing);
        }
        if (await KernelBuilder.ProblemOfAsync(git, commit, cancellation).ConfigureAwait(false) is { } problem)
        {
            return new JudgedStep(StepJudgement.Nothing, commit.Id, commit.Subject, null, problem, directory);
        }
        if (await workshop.ShortageAsync(commit, cancellation).ConfigureAwait(false) is { } shortage)
        {
            throw new BisectionAbortedException(shortage);
        }
        var testbed = await Testbed.OfAsync(workspace, cancellation).ConfigureAwait(false);
        await using var kernels = new KernelMeasurer(
            question.Plan(planner, id, workspace.Clock.GetUtcNow(), directory), testbed.Vm, testbed.Chooser,
            testbed.Environment, workspace.Clock, tellRun);
        var work = Directory.CreateDirectory(Path.Combine(workspace.CacheRoot, CacheKind.Bisections.Name, id)).FullName;
        var measurer = new CommitMeasurer(
            objects.Reader, workshops, kernels, workspace.CacheRoot, question.Case, prober, request.Repeat, directory,
            Path.Combine(work, "vmlinux"), tell)
        {
            Patches = new TreePatches(objects, patches, directory, Path.Combine(work, "patches")),
        };
        var step = await measurer
            .NextAsync(journal, CommitStepKind.Search, commit, journal.Steps, cancellation).ConfigureAwait(false);
        Files.Remove(work);
        return new JudgedStep(
            JudgedStep.Of(step.Verdict, question.Want), commit.Id, commit.Subject, step.Verdict, step.Problem,
            directory);
    }

    /// <summary>The commit that <c>git bisect</c> asks about: with <c>--no-checkout</c> it is not HEAD.</summary>
    private static async Task<Commit> CommitAsync(GitRepository git, CancellationToken cancellation)
    {
        const string NotCheckedOut = "BISECT_HEAD";
        var asked = await git.TryAsync(cancellation, "rev-parse", "--verify", "--quiet", NotCheckedOut)
            .ConfigureAwait(false);
        if (asked.IsSuccess)
        {
            return await git.CommitAsync("--git", NotCheckedOut, cancellation).ConfigureAwait(false);
        }
        return await git.HasChangesAsync(cancellation).ConfigureAwait(false)
            ? throw new UsageException(
                $"{git.Directory} has changes that are not committed, and only a commit is built: "
                + "commit or stash them")
            : await git.CommitAsync("--git", "HEAD", cancellation).ConfigureAwait(false);
    }
}
