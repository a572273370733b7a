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

    /// <summary>The question that is left when two neighbouring releases differ.</summary>
    /// <param name="releases">The bisection over releases, in <paramref name="directory"/>.</param>
    /// <param name="matrix">The matrix of the releases, which says what is asked.</param>
    /// <returns><c>null</c> when no two single neighbours were found.</returns>
    /// <exception cref="HarnessException">The clone has not the tag of one of them.</exception>
    public static async Task<BisectOptions?> QuestionAsync(
        BisectOptions options, ReleaseDocument releases, string directory, string matrix, CommitRequest request,
        CancellationToken cancellation)
    {
        if (releases.Answer is not { Result: BisectResult.Found, From: { } from, To: { } to } || options.All)
        {
            return null;
        }
        var git = await GitRepository.OpenAsync("--to-commit", request.Git, cancellation).ConfigureAwait(false);
        return options with
        {
            Good = await TagAsync(git, from, cancellation).ConfigureAwait(false),
            Bad = await TagAsync(git, to, cancellation).ConfigureAwait(false),
            Out = Path.Combine(directory, DirectoryName),
            Selection = new MatrixSelection { File = matrix },
        };
    }

    private static async Task<string> TagAsync(GitRepository git, BisectKernel kernel, CancellationToken cancellation)
    {
        var tag = $"v{kernel.Version}";
        var found = await git.TryAsync(cancellation, "rev-parse", "--verify", "--quiet", $"refs/tags/{tag}")
            .ConfigureAwait(false);
        return found.IsSuccess
            ? tag
            : throw new UsageException($"--to-commit: {git.Directory} has no tag {tag}, the release of {kernel.Kernel};"
                + " `git fetch --tags` may get it, or go on with --git, --good and --bad");
    }
}
