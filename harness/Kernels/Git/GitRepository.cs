using CliWrap;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>
/// Git in one directory. What a user configured has no say in what it answers (<see cref="GitIsolation"/>).
/// </summary>
/// <param name="directory">The work tree's top level; where there is none, the repository itself.</param>
/// <param name="prefix">Where the user stands below it: <c>kernel/</c>, or empty.</param>
public sealed class GitRepository(string directory, string prefix = "")
{
    public string Directory { get; } = directory;

    /// <summary>A directory of objects beside the repository's own; <c>null</c> for none.</summary>
    public string? FurtherObjects { get; init; }

    /// <param name="directory">Of a repository, or below one's top level: it becomes the top level's.</param>
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
        var found = await repository.TryAsync(
            cancellation, "rev-parse", "--is-inside-work-tree", "--absolute-git-dir").ConfigureAwait(false);
        if (!found.IsSuccess)
        {
            throw new GitException($"{option}: {directory} is in no git repository"
                + (found.StandardError.Contains("not a git repository", StringComparison.Ordinal) ? ""
                    : $" that git opens: {found.StandardError.Trim()}"));
        }
        var (inside, own) = TwoLines(found.StandardOutput);
        if (inside != "true")
        {
            return new GitRepository(Files.RealPath(own));
        }
        var (prefix, top) = TwoLines(
            await repository.AskAsync(cancellation, "rev-parse", "--show-prefix", "--show-toplevel")
                .ConfigureAwait(false));
        return new GitRepository(Files.RealPath(top), prefix);
    }

    /// <summary>Paths as the user typed them where <see cref="OpenAsync"/> was asked to open: from the top.</summary>
    public IReadOnlyList<string> FromTop(IEnumerable<string> typed) =>
        GitPaths.FromTop(typed, prefix, Directory);

    /// <exception cref="CommandException">Git ended with an error.</exception>
    public async Task<string> AskAsync(CancellationToken cancellation, params IEnumerable<string> arguments)
    {
        var git = (await GitIsolation.IsolateAsync(Command(arguments)).ConfigureAwait(false))
            .WithFurtherVariables(Alternates);
        return (await git.RunAsync(cancellation).ConfigureAwait(false)).StandardOutput.TrimEnd('\n');
    }

    /// <param name="lockFile">Git itself holds it: a git outlives a harness that is killed.</param>
    /// <param name="environment">Beside what every git gets here.</param>
    /// <exception cref="CommandException">Git ended with an error.</exception>
    public async Task<string> AskAsync(
        string lockFile, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellation,
        params IEnumerable<string> arguments)
    {
        var locked = new Command("flock")
            .WithArguments([lockFile, "git", .. GitIsolation.Arguments(Directory, arguments)]);
        var git = await GitIsolation.IsolateAsync(locked).ConfigureAwait(false);
        return (await git.WithFurtherVariables(environment).RunAsync(cancellation, CommandExecution.LongestBuild)
            .ConfigureAwait(false)).StandardOutput.TrimEnd('\n');
    }

    public Task<FinishedCommand> TryAsync(CancellationToken cancellation, params IEnumerable<string> arguments) =>
        TryAsync(new Dictionary<string, string?>(), cancellation, arguments);

    /// <param name="environment">Beside what every git gets here.</param>
    public async Task<FinishedCommand> TryAsync(
        IReadOnlyDictionary<string, string?> environment, CancellationToken cancellation,
        params IEnumerable<string> arguments)
    {
        var git = (await GitIsolation.IsolateAsync(Command(arguments)).ConfigureAwait(false))
            .WithFurtherVariables(Alternates);
        return await git.WithFurtherVariables(environment).TryRunAsync(cancellation).ConfigureAwait(false);
    }

    /// <param name="input">What git reads.</param>
    public async Task<FinishedCommand> TryAsync(
        ReadOnlyMemory<byte> input, CancellationToken cancellation, params IEnumerable<string> arguments)
    {
        var git = await GitIsolation.IsolateAsync(Command(arguments)).ConfigureAwait(false);
        return await git.WithFurtherVariables(Alternates).WithStandardInputPipe(PipeSource.FromBytes(input))
            .TryRunAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>What to do about a history that ends where a clone was cut off; empty for a whole one.</summary>
    public async Task<string> ShallowHintAsync(CancellationToken cancellation) =>
        (await AskAsync(cancellation, "rev-parse", "--is-shallow-repository").ConfigureAwait(false)) == "true"
            ? $"; {Directory} is a shallow clone: `git fetch --unshallow --tags` gets the rest of the history"
            : "";

    /// <summary>How many files a commit has.</summary>
    public async Task<int> FileCountAsync(Commit commit, CancellationToken cancellation) =>
        (await AskAsync(cancellation, "ls-tree", "-r", "--name-only", commit.Tree).ConfigureAwait(false))
        .Count(c => c == '\n') + 1;

    /// <summary>The directory of the repository's objects.</summary>
    public Task<string> ObjectsAsync(CancellationToken cancellation) =>
        AskAsync(cancellation, "rev-parse", "--path-format=absolute", "--git-path", "objects");

    /// <summary>Makes another repository, which has nothing yet and can read this one's objects.</summary>
    /// <param name="other">Its directory; one that is there already stays as it is.</param>
    public async Task InitLikeAsync(string other, CancellationToken cancellation)
    {
        var format = await AskAsync(cancellation, "rev-parse", "--show-object-format").ConfigureAwait(false);
        await AskAsync(cancellation, "init", "--quiet", "--bare", "--template=", $"--object-format={format}", other)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Has a partial clone (gitglossary(7), "promisor") fetch the contents of a commit's files, all at once.
    /// </summary>
    public async Task FetchFilesAsync(Commit commit, CancellationToken cancellation)
    {
        var promised = await TryAsync(cancellation, "config", "--get-regexp", @"^remote\..*\.promisor$")
            .ConfigureAwait(false);
        if (promised.IsSuccess)
        {
            var nothing = await AskAsync(cancellation, "hash-object", "-t", "tree", "/dev/null").ConfigureAwait(false);
            await AskAsync(cancellation, "diff", "--no-ext-diff", "--no-textconv", "--shortstat", nothing, commit.Tree)
                .ConfigureAwait(false);
        }
    }

    /// <summary>The commit that a revision names.</summary>
    /// <exception cref="GitException">There is none.</exception>
    public async Task<Commit> CommitAsync(string option, string revision, CancellationToken cancellation)
    {
        var result = await TryAsync(cancellation, "rev-parse", "--verify", "--quiet", "--end-of-options",
            revision + "^{commit}").ConfigureAwait(false);
        return result.IsSuccess
            ? await CommitAsync(result.StandardOutput.Trim(), cancellation).ConfigureAwait(false)
            : throw new GitException($"{option}: '{revision}' is no revision in {Directory}"
                + await ShallowHintAsync(cancellation).ConfigureAwait(false));
    }

    public async Task<Commit> CommitAsync(string id, CancellationToken cancellation)
    {
        var fields = (await AskAsync(cancellation, "show", "--no-patch", "--no-show-signature",
            "--no-notes", "--encoding=UTF-8",
            "--format=%H%x00%T%x00%s%x00%an%x00%aI%x00%cn%x00%cI%x00%P", id).ConfigureAwait(false)).Split('\0');
        return new Commit(
            fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6],
            fields[7].Split(' ', StringSplitOptions.RemoveEmptyEntries));
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
        await GitIsolation.AsUser(new Command("git").WithArguments(
            ["-C", Directory, "-c", "core.fsmonitor=false", "status", "--porcelain", "--untracked-files=no"]))
            .TryRunAsync(cancellation).ConfigureAwait(false) is { IsSuccess: true, StandardOutput.Length: > 0 };

    public async Task<bool> IsAncestorAsync(string ancestor, string of, CancellationToken cancellation) =>
        (await TryAsync(cancellation, "merge-base", "--is-ancestor", ancestor, of).ConfigureAwait(false)).IsSuccess;

    public async Task<bool> HoldsAsync(string commit, string path, CancellationToken cancellation) =>
        (await TryAsync(cancellation, "cat-file", "-e", $"{commit}:{path}").ConfigureAwait(false)).IsSuccess;

    private IEnumerable<KeyValuePair<string, string?>> Alternates => FurtherObjects is null
        ? []
        : [KeyValuePair.Create(AlternateObjects.Variable, AlternateObjects.Of(FurtherObjects))];

    private static (string First, string Second) TwoLines(string text) =>
        text.TrimEnd('\n').Split('\n', 2) is [var first, var second] ? (first, second) : (text, "");

    private Command Command(IEnumerable<string> arguments) =>
        new Command("git").WithArguments(GitIsolation.Arguments(Directory, arguments));
}
