using Harness.Kernels.Git;
using Harness.Runs;

namespace Harness.Bisection.Commits;

/// <summary>
/// From two neighbouring releases to the commit between them: the releases' tags in a clone of the kernel are the ends.
/// </summary>
public static class CommitFollowUp
{
    /// <summary>The directory in that of the bisection over releases.</summary>
    public const string DirectoryName = "commits";

    /// <summary>Checks the clone before anything boots.</summary>
    /// <exception cref="HarnessException">It is no clone, or has no tag of a release.</exception>
    public static async Task RequireCloneAsync(CommitRequest request, CancellationToken cancellation)
    {
        var git = await GitRepository.OpenAsync("--to-commit", request.Git, cancellation).ConfigureAwait(false);
        var tags = await git.TryAsync(cancellation, "tag", "--list", "v[0-9]*").ConfigureAwait(false);
        if (!tags.IsSuccess || tags.StandardOutput.Trim().Length == 0)
        {
            throw new UsageException($"--to-commit: {request.Git} has no tag of a release, such as v6.1;"
                + " `git fetch --tags` gets them");
        }
    }

    /// <summary>Prepares the bisection that is left when two neighbouring releases differ.</summary>
    /// <param name="options">Of the bisection over releases.</param>
    /// <param name="releases">What it found, in <paramref name="directory"/>.</param>
    /// <returns><c>null</c> when no two single neighbours were found.</returns>
    /// <exception cref="BisectionAbortedException">
    /// The clone has not the tag of one of them, or cannot be built here. What was measured stands, so that this is not
    /// the exit code of a command that did nothing.
    /// </exception>
    public static async Task<CommitBisectRun?> PrepareAsync(
        BisectOptions options, ReleaseDocument releases, string directory, CommitRequest request, Workspace workspace,
        RunPlanner planner, CancellationToken cancellation)
    {
        try
        {
            var matrix = planner.Matrices.PathOf(options.Selection);
            var question = await QuestionAsync(options, releases.Answer, directory, matrix, request, cancellation)
                .ConfigureAwait(false);
            return question is null ? null : await CommitBisectRun
                .PrepareAsync(question, request, workspace, planner, cancellation).ConfigureAwait(false);
        }
        catch (HarnessException e)
        {
            throw new BisectionAbortedException(e.Message);
        }
    }

    /// <summary>The options of the bisection over commits.</summary>
    /// <param name="matrix">The file with the releases' kernels.</param>
    /// <returns><c>null</c> when no two single neighbours were found.</returns>
    internal static async Task<BisectOptions?> QuestionAsync(
        BisectOptions options, ReleaseAnswer releases, string directory, string matrix, CommitRequest request,
        CancellationToken cancellation)
    {
        if (releases is not { Result: BisectResult.Found, From: { } from, To: { } to } || options.All)
        {
            return null;
        }
        var git = await GitRepository.OpenAsync("--to-commit", request.Git, cancellation).ConfigureAwait(false);
        var missing = new List<BisectKernel>();
        foreach (var kernel in new[] { from, to })
        {
            var found = await git
                .TryAsync(cancellation, "rev-parse", "--verify", "--quiet", $"refs/tags/{TagOf(kernel)}")
                .ConfigureAwait(false);
            if (!found.IsSuccess)
            {
                missing.Add(kernel);
            }
        }
        // What the user calls good stays good, so that a commit which mended something is told as such.
        var (good, bad) = releases.GoodIsNewer ? (to, from) : (from, to);
        return missing.Count > 0
            ? throw new UsageException(WithoutTags(git, missing))
            : options with
            {
                Good = TagOf(good),
                Bad = TagOf(bad),
                Out = Path.Combine(directory, DirectoryName),
                Selection = new MatrixSelection { File = matrix },
            };
    }

    private static string TagOf(BisectKernel kernel) => $"v{kernel.Version}";

    /// <summary>Tags of point releases are in the tree of the stable kernels, and not in mainline's.</summary>
    private static string WithoutTags(GitRepository git, IReadOnlyList<BisectKernel> missing)
    {
        var tags = missing.Select(kernel => $"{TagOf(kernel)}, the release of {kernel.Kernel}");
        return $"--to-commit: {git.Directory} has no tag {string.Join(", and none ", tags)}."
            + $" `git -C {git.Directory} fetch --tags REMOTE` gets them from a remote that has them (those of point"
            + " releases are in linux-stable); then the same command goes on to the commit";
    }
}
