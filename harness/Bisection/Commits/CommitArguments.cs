using System.Globalization;
using Harness.Kernels.Git;

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
    /// <exception cref="UsageException">There is no such commit, or nothing between the two to look at.</exception>
    public static async Task<CommitQuestion> QuestionAsync(
        BisectOptions options, CommitRequest request, GitRepository git, CancellationToken cancellation)
    {
        var fromTop = git.FromTop(request.Paths);
        if (options.Good == CommitQuestion.Auto)
        {
            return await AutomaticAsync(options, request, git, fromTop, cancellation).ConfigureAwait(false);
        }
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
        await RequireTouchedAsync(git, $"{good.Id}...{bad.Id}", $"between {good.Short} and {bad.Short}", fromTop,
            cancellation).ConfigureAwait(false);
        var further = await FurtherGoodAsync(options, good, bad, git, cancellation).ConfigureAwait(false);
        return new CommitQuestion(options.Case, good, bad, request.FirstParent, fromTop)
        {
            Options = request.Build.ProbeOptions,
            FurtherGood = further,
            Skipped = await SkippedAsync(options.Skip, [good, bad, .. further], git, cancellation)
                .ConfigureAwait(false),
        };
    }

    private static async Task<CommitQuestion> AutomaticAsync(
        BisectOptions options, CommitRequest request, GitRepository git, IReadOnlyList<string> fromTop,
        CancellationToken cancellation)
    {
        if (options.FurtherGood.Count > 0)
        {
            throw new UsageException($"--good {CommitQuestion.Auto} looks for the good end; it is given alone");
        }
        var bad = await git.CommitAsync("--bad", options.Bad, cancellation).ConfigureAwait(false);
        var releases = await GitReleases.BeforeAsync(git, bad, cancellation).ConfigureAwait(false);
        if (releases.Count == 0)
        {
            var cut = await git.ShallowHintAsync(cancellation).ConfigureAwait(false);
            throw new UsageException($"--good {CommitQuestion.Auto}: {git.Directory} has no tag of a release before"
                + $" {bad.Short}, such as v6.1{(cut.Length > 0 ? cut : "; `git fetch --tags` may get them")}");
        }
        await RequireTouchedAsync(git, bad.Id, $"up to {bad.Short}", fromTop, cancellation).ConfigureAwait(false);
        return new CommitQuestion(options.Case, null, bad, request.FirstParent, fromTop)
        {
            Options = request.Build.ProbeOptions,
            Releases = releases,
            Skipped = await SkippedAsync(options.Skip, [bad], git, cancellation).ConfigureAwait(false),
        };
    }

    private static async Task RequireTouchedAsync(
        GitRepository git, string range, string where, IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        if (paths.Count == 0)
        {
            return;
        }
        var named = string.Join(", ", paths);
        var touching = await git.TryAsync(cancellation, ["rev-list", "--max-count=1", range, "--", .. paths])
            .ConfigureAwait(false);
        if (!touching.IsSuccess || touching.StandardOutput.Length == 0)
        {
            throw new UsageException(touching.IsSuccess
                ? $"no commit {where} touches {named}"
                : $"{named}: {touching.StandardError.Trim()}");
        }
    }

    /// <summary>Git takes several commits before a change, and one behind it.</summary>
    private static async Task<IReadOnlyList<Commit>> FurtherGoodAsync(
        BisectOptions options, Commit good, Commit bad, GitRepository git, CancellationToken cancellation)
    {
        var further = new List<Commit>();
        foreach (var revision in options.FurtherGood)
        {
            further.Add(await git.CommitAsync("--good", revision, cancellation).ConfigureAwait(false));
        }
        foreach (var end in further.Count == 0 ? [] : further.Prepend(good))
        {
            if (await git.IsAncestorAsync(bad.Id, end.Id, cancellation).ConfigureAwait(false))
            {
                throw new UsageException(
                    $"of several --good, each is older than --bad: {end.Short} has {bad.Short} in its history");
            }
        }
        return [.. further.Where(end => end.Id != good.Id).DistinctBy(end => end.Id)];
    }

    private static async Task<IReadOnlyList<string>> SkippedAsync(
        IReadOnlyList<string> skip, IReadOnlyList<Commit> ends, GitRepository git, CancellationToken cancellation)
    {
        var skipped = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var revision in skip)
        {
            if (revision.Contains("..", StringComparison.Ordinal))
            {
                var range = await git.TryAsync(cancellation, "rev-list", "--end-of-options", revision, "--")
                    .ConfigureAwait(false);
                skipped.UnionWith(range.IsSuccess
                    ? range.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    : throw new UsageException($"--skip: '{revision}' is no range in {git.Directory}"));
                continue;
            }
            skipped.Add((await git.CommitAsync("--skip", revision, cancellation).ConfigureAwait(false)).Id);
        }
        return ends.FirstOrDefault(end => skipped.Contains(end.Id)) is { } wrong
            ? throw new UsageException($"--skip: {wrong.Short} is an end, which is measured")
            : [.. skipped];
    }

    /// <exception cref="UsageException">A tool is missing, or an end is a tree that cannot be built.</exception>
    /// <exception cref="BisectionAbortedException">There is too little room on the disk.</exception>
    public static async Task RequireBuildableAsync(
        KernelWorkshop workshop, GitRepository git, CommitQuestion question, CancellationToken cancellation)
    {
        foreach (var end in new[] { question.Good, question.Bad }.OfType<Commit>().Concat(question.FurtherGood))
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
            git.Directory, question.Case, question.Good?.Id ?? CommitQuestion.Auto, question.Bad.Id,
            request.FirstParent ? "first parents" : "", string.Join('\n', question.Paths),
            identity, prober, request.Repeat.ToString(CultureInfo.InvariantCulture),
            .. question.FurtherGood.Select(end => $"good {end.Id}"), .. question.Skipped.Select(id => $"skip {id}"),
            .. request.Patches.Select(patch => patch.Identity),
        ];
        return Hashes.Sha256OfText(string.Join('\0', parts));
    }
}
