using CliWrap;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>
/// Git in one directory. Hooks, and the environment of a git that called the harness, have no effect.
/// </summary>
public sealed class GitRepository(string directory)
{
    private static readonly string[] _environment =
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"];

    public string Directory { get; } = directory;

    /// <param name="option">Where the directory was given, for the error: <c>--git</c>.</param>
    /// <exception cref="GitException">The directory is in no git repository, or git is not installed.</exception>
    public static async Task<GitRepository> OpenAsync(string option, string directory, CancellationToken cancellation)
    {
        if (CommandExecution.Find("git") is null)
        {
            throw new GitException("git is not installed");
        }
        if (!System.IO.Directory.Exists(directory))
        {
            throw new GitException($"{option}: no such directory: {directory}");
        }
        var repository = new GitRepository(Files.RealPath(directory));
        var top = await repository.TryAsync(cancellation, "rev-parse", "--git-dir").ConfigureAwait(false);
        return top.IsSuccess ? repository : throw new GitException($"{option}: {directory} is in no git repository"
            + (top.StandardError.Contains("not a git repository", StringComparison.Ordinal) ? ""
                : $" that git opens: {top.StandardError.Trim()}"));
    }

    /// <exception cref="CommandException">Git ended with an error.</exception>
    public async Task<string> AskAsync(CancellationToken cancellation, params IEnumerable<string> arguments) =>
        (await Command(arguments).RunAsync(cancellation).ConfigureAwait(false)).StandardOutput.TrimEnd('\n');

    /// <param name="lockFile">Git itself holds it: a git outlives a harness that is killed.</param>
    /// <param name="environment">Beside what every git gets here.</param>
    /// <exception cref="CommandException">Git ended with an error.</exception>
    public async Task<string> AskAsync(
        string lockFile, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellation,
        params IEnumerable<string> arguments) =>
        (await Environment(new CliWrap.Command("flock").WithArguments([lockFile, "git", .. Arguments(arguments)]))
            .WithFurtherVariables(environment)
            .RunAsync(cancellation, CommandExecution.LongestBuild).ConfigureAwait(false))
        .StandardOutput.TrimEnd('\n');

    public Task<FinishedCommand> TryAsync(CancellationToken cancellation, params IEnumerable<string> arguments) =>
        Command(arguments).TryRunAsync(cancellation);

    /// <summary>The commit that a revision names.</summary>
    /// <exception cref="GitException">There is none.</exception>
    public async Task<Commit> CommitAsync(string option, string revision, CancellationToken cancellation)
    {
        var result = await TryAsync(cancellation, "rev-parse", "--verify", "--quiet", "--end-of-options",
            revision + "^{commit}").ConfigureAwait(false);
        return result.IsSuccess
            ? await CommitAsync(result.StandardOutput.Trim(), cancellation).ConfigureAwait(false)
            : throw new GitException($"{option}: '{revision}' is no revision in {Directory}");
    }

    public async Task<Commit> CommitAsync(string id, CancellationToken cancellation)
    {
        var fields = (await AskAsync(cancellation, "show", "--no-patch", "--no-show-signature",
            "--format=%H%x00%T%x00%s%x00%an%x00%cI%x00%P", id).ConfigureAwait(false)).Split('\0');
        return new Commit(
            fields[0], fields[1], fields[2], fields[3], fields[4],
            fields[5].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// Where others can fetch it: its remote <c>origin</c>, if that is an https URL without a user; else <c>null</c>.
    /// </summary>
    public async Task<string?> PublicUrlAsync(CancellationToken cancellation)
    {
        var said = await TryAsync(cancellation, "config", "--get", "remote.origin.url").ConfigureAwait(false);
        var url = said.StandardOutput.Trim();
        return said.IsSuccess && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            && parsed.Scheme == Uri.UriSchemeHttps && parsed.UserInfo.Length == 0 ? url : null;
    }

    /// <summary>
    /// Whether files of HEAD, or what is staged, differ from it; never in a repository without a work tree.
    /// </summary>
    public async Task<bool> HasChangesAsync(CancellationToken cancellation) =>
        await TryAsync(cancellation, "status", "--porcelain", "--untracked-files=no")
            .ConfigureAwait(false) is { IsSuccess: true, StandardOutput.Length: > 0 };

    public async Task<bool> IsAncestorAsync(string ancestor, string of, CancellationToken cancellation) =>
        (await TryAsync(cancellation, "merge-base", "--is-ancestor", ancestor, of).ConfigureAwait(false)).IsSuccess;

    public async Task<bool> HoldsAsync(string commit, string path, CancellationToken cancellation) =>
        (await TryAsync(cancellation, "cat-file", "-e", $"{commit}:{path}").ConfigureAwait(false)).IsSuccess;

    private Command Command(IEnumerable<string> arguments) =>
        Environment(new CliWrap.Command("git").WithArguments(Arguments(arguments)));

    private IReadOnlyList<string> Arguments(IEnumerable<string> arguments) =>
    [
        "-C", Directory, "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false",
        "-c", "advice.detachedHead=false", "-c", "gc.auto=0", .. arguments,
    ];

    private static Command Environment(Command git) => git
        .WithEnvironmentVariable("LC_ALL", "C")
        .WithEnvironmentVariable("GIT_OPTIONAL_LOCKS", "0")
        .WithEnvironmentVariable("GIT_TERMINAL_PROMPT", "0")
        .WithoutEnvironmentVariables(_environment);
}
