using Harness.Bisection;
using Harness.Bisection.Commits;
using Harness.Cache;
using Harness.Kernels.Git;
using Harness.Matrix;
using Harness.Results;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>How kernels are booted.</summary>
internal sealed record CommitLimits(BootSettings Boot, MatrixSpec? Matrix, string? Out);

/// <summary>One bisection over commits, from what was asked to its files.</summary>
internal sealed class CommitBisectRun(Terminal terminal, Workspace workspace, RunPlanner planner, BisectDisplay display)
{
    private const int IdLength = 12;

    public async Task<int> RunAsync(CommitRequest request, ProberTask task, CommitLimits limits, CancellationToken cancellation)
    {
        var started = workspace.Clock.GetUtcNow();
        var git = await GitRepository.OpenAsync("--git", request.Git, cancellation).ConfigureAwait(false);
        var good = await git.CommitAsync("--good", request.Good, cancellation).ConfigureAwait(false);
        var bad = await git.CommitAsync("--bad", request.Bad, cancellation).ConfigureAwait(false);
        if (good.Id == bad.Id)
        {
            throw new UsageException($"--good and --bad are the same commit, {good.Short}");
        }
        if (request.Paths.Count > 0)
        {
            var touching = await git.TryAsync(cancellation, ["rev-list", "--max-count=1", $"{good.Id}...{bad.Id}", "--", .. request.Paths]).ConfigureAwait(false);
            if (!touching.IsSuccess || touching.StandardOutput.Length == 0)
            {
                throw new UsageException(touching.IsSuccess
                    ? $"no commit between {good.Short} and {bad.Short} touches {string.Join(", ", request.Paths)}"
                    : $"{string.Join(", ", request.Paths)}: {touching.StandardError.Trim()}");
            }
        }
        var question = new CommitQuestion(task.Cases[0].Id, good, bad, request.FirstParent, request.Paths);
        var identity = await BuildTools.IdentityAsync(request.Build, cancellation).ConfigureAwait(false);
        var hash = Hash(git, request, question, identity, task.Prober.Sha256);
        var id = $"bisect-{hash[..IdLength]}";
        var directory = Files.FullPath(limits.Out ?? Path.Combine(workspace.Repository.Results, id));
        var cache = workspace.CacheRoot;
        var work = Path.Combine(cache, CacheKind.Bisections.Name, hash[..IdLength]);
        CachePruning.Used(Directory.CreateDirectory(work).FullName);
        var workshop = new KernelWorkshop(git, request.Build, identity, cache);
        foreach (var end in new[] { good, bad })
        {
            if ((workshop.MissingTools() ?? await KernelBuilder.ProblemOfAsync(git, end, cancellation).ConfigureAwait(false)) is { } problem)
            {
                throw new UsageException(problem);
            }
        }
        if (await git.HasChangesAsync(cancellation).ConfigureAwait(false))
        {
            display.Take(new BisectEvent.Noted($"{git.Directory} has changes that are not committed: they stay as they are, and are not part of what is tested"));
        }
        await using var alone = BisectVerb.Alone(workspace, directory);
        // Worktree and image are the question's, wherever its answer goes.
        await using var aloneWithQuestion = BisectVerb.Alone(workspace, id, "the same bisection, for another --out");
        var journal = CommitJournal.Open(directory, hash);
        await using var log = new RunLog(directory, terminal, verbose: false);
        var host = await workspace.HostAsync(cancellation).ConfigureAwait(false);
        await using var measurer = BisectVerb.Measurer(Plan(id, started, directory, task, limits), workspace, host, log, display);
        // Git names a worktree by the last part of its path.
        var worktree = new BisectWorktree(git, Path.Combine(work, $"harness-{id}"));
        var commits = new CommitMeasurer(
            git, workshop, measurer, new VerdictMemory(cache), question.Case, identity, task.Prober.Sha256, request.Repeat, directory, Path.Combine(work, "vmlinux"));
        var answer = await new CommitBisection(question, git, worktree, commits, journal, directory, display.Take, CommitDocument.IsInconclusive(directory)).RunAsync(cancellation).ConfigureAwait(false);
        if (answer.IsFinal)
        {
            Files.Remove(work);
        }
        var document = new CommitDocument(ReleaseDocument.CurrentSchemaVersion, "commits", new CommitBisectInfo(
                id, started, workspace.Clock.GetUtcNow(), HostFacts.HarnessVersion, new ProberInfo(task.Prober.Sha256, 1), measurer.LastRun?.Accel, measurer.LastRun?.KernelParameters,
                question.Case, new NamedCommit(good.Id, good.Subject), new NamedCommit(bad.Id, bad.Subject), request.FirstParent, request.Paths, identity, request.Repeat),
            answer, journal.Steps);
        BisectVerb.Write(directory, document.ToJson(), CommitReport.Write(document));
        display.Show(document, directory);
        return BisectArguments.ExitCodeOf(answer.Result);
    }

    /// <summary>Everything that the answer depends on: the same command finds its state again.</summary>
    private static string Hash(GitRepository git, CommitRequest request, CommitQuestion question, string identity, string prober)
    {
        string[] parts =
        [
            git.Directory, question.Case, question.Good.Id, question.Bad.Id, request.FirstParent ? "first parents" : "", string.Join('\n', request.Paths),
            identity, prober, request.Repeat.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ];
        return Hashes.Sha256OfText(string.Join('\0', parts));
    }

    private RunPlan Plan(string id, DateTimeOffset started, string directory, ProberTask task, CommitLimits limits) =>
        planner.Plan(new StepwiseOptions
        {
            Id = id,
            StartedAt = started,
            Directory = directory,
            Case = task.Cases[0].Id,
            Programs = [task],
            Boot = limits.Boot with { Jobs = 1, TimeoutSeconds = limits.Boot.Timeout(limits.Matrix)?.TotalSeconds },
        });
}
