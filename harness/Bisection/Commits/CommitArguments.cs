using System.Globalization;
using Harness.Kernels.Git;
using Harness.Probes;

namespace Harness.Bisection.Commits;

/// <summary>Checks what a bisection over commits is asked, before anything is built.</summary>
internal static class CommitArguments
{
    /// <exception cref="UsageException">An option contradicts another, or is out of range.</exception>
    public static void Validate(BisectOptions options)
    {
        options.Boot.Validate();
        BisectDirectory.RequireUsable(options.Out, CommitJournal.Name);
        if (options.All)
        {
            throw new UsageException("--all tests the matrix's kernels; --git has none");
        }
        if (options.Selection.Only.Count > 0)
        {
            throw new UsageException("--only selects among the matrix's kernels; --git has none");
        }
    }

    /// <summary>Finds the commits that the question names.</summary>
    /// <param name="program">The program that has the case, and that case alone.</param>
    /// <exception cref="UsageException">There is no such commit, or nothing between the two to look at.</exception>
    public static async Task<CommitQuestion> QuestionAsync(
        BisectOptions options, CommitRequest request, ProgramTask program, GitRepository git,
        CancellationToken cancellation)
    {
        var good = await git.CommitAsync("--good", options.Good, cancellation).ConfigureAwait(false);
        var bad = await git.CommitAsync("--bad", options.Bad, cancellation).ConfigureAwait(false);
        if (good.Id == bad.Id)
        {
            throw new UsageException($"--good and --bad are the same commit, {good.Short}");
        }
        var common = await git.TryAsync(cancellation, "merge-base", good.Id, bad.Id).ConfigureAwait(false);
        if (!common.IsSuccess && await git.ShallowHintAsync(cancellation).ConfigureAwait(false) is { Length: > 0 } cut)
        {
            throw new UsageException($"{good.Short} and {bad.Short} have no common ancestor here{cut}");
        }
        var fromTop = git.FromTop(request.Paths);
        if (fromTop.Count > 0)
        {
            var paths = string.Join(", ", fromTop);
            var touching = await git.TryAsync(
                cancellation, ["rev-list", "--max-count=1", $"{good.Id}...{bad.Id}", "--", .. fromTop])
                .ConfigureAwait(false);
            if (!touching.IsSuccess || touching.StandardOutput.Length == 0)
            {
                throw new UsageException(touching.IsSuccess
                    ? $"no commit between {good.Short} and {bad.Short} touches {paths}"
                    : $"{paths}: {touching.StandardError.Trim()}");
            }
        }
        return new CommitQuestion(options.Case, good, bad, request.FirstParent, fromTop)
        {
            Options = request.Build.ProbeOptions,
        };
    }

    /// <exception cref="UsageException">A tool is missing, or an end is a tree that cannot be built.</exception>
    /// <exception cref="BisectionAbortedException">There is too little room on the disk.</exception>
    public static async Task RequireBuildableAsync(
        KernelWorkshop workshop, GitRepository git, CommitQuestion question, CancellationToken cancellation)
    {
        foreach (var end in new[] { question.Good, question.Bad })
        {
            var problem = workshop.MissingTools()
                ?? await KernelBuilder.ProblemOfAsync(git, end, cancellation).ConfigureAwait(false);
            if (problem is not null)
            {
                throw new UsageException(problem);
            }
        }
        if (await workshop.ShortageAsync(question.Bad, cancellation).ConfigureAwait(false) is { } shortage)
        {
            throw new BisectionAbortedException(shortage);
        }
    }

    /// <summary>A hash of everything that the answer depends on: the same command finds its state by it.</summary>
    public static string Hash(
        GitRepository git, CommitRequest request, CommitQuestion question, string identity, string prober)
    {
        string[] parts =
        [
            git.Directory, question.Case, question.Good.Id, question.Bad.Id,
            request.FirstParent ? "first parents" : "", string.Join('\n', question.Paths),
            identity, prober, request.Repeat.ToString(CultureInfo.InvariantCulture),
        ];
        return Hashes.Sha256OfText(string.Join('\0', parts));
    }
}
