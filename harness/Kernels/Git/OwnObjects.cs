using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>
/// Objects that the harness makes of a repository's, such as a patched tree. They lie in a directory of its own, so
/// that the repository gets none.
/// </summary>
/// <param name="directory">For the objects; made when one is written.</param>
public sealed class OwnObjects(GitRepository repository, string directory)
{
    private const string Author = "harness";

    /// <summary>The repository, and these objects beside its own.</summary>
    public GitRepository Reader { get; } = new(repository.Directory) { FurtherObjects = directory };

    /// <summary>A git whose objects go into the directory.</summary>
    public Task<FinishedCommand> TryAsync(CancellationToken cancellation, params IEnumerable<string> arguments) =>
        TryAsync(new Dictionary<string, string?>(), cancellation, arguments);

    /// <param name="environment">Beside what every git gets here.</param>
    public Task<FinishedCommand> TryAsync(
        IReadOnlyDictionary<string, string?> environment, CancellationToken cancellation,
        params IEnumerable<string> arguments) => TryAsync(repository, environment, arguments, cancellation);

    /// <summary>
    /// The same from a repository of the harness's, so that no attributes, merge drivers or configuration of a user
    /// have a say. It cannot fetch what a partial clone lacks.
    /// </summary>
    public async Task<FinishedCommand> TryApartAsync(
        CancellationToken cancellation, params IEnumerable<string> arguments)
    {
        var own = directory + ".git";
        await repository.InitLikeAsync(own, cancellation).ConfigureAwait(false);
        return await TryAsync(
            new GitRepository(own), new Dictionary<string, string?> { ["GIT_DIR"] = own }, arguments, cancellation)
            .ConfigureAwait(false);
    }

    private async Task<FinishedCommand> TryAsync(
        GitRepository where, IReadOnlyDictionary<string, string?> environment, IEnumerable<string> arguments,
        CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        var variables = new Dictionary<string, string?>(environment)
        {
            ["GIT_OBJECT_DIRECTORY"] = directory,
            [AlternateObjects.Variable] = AlternateObjects.Of(
                await repository.ObjectsAsync(cancellation).ConfigureAwait(false)),
        };
        return await where.TryAsync(variables, cancellation, arguments).ConfigureAwait(false);
    }

    /// <summary>Makes a commit; of the same tree, parent, message and date it is the same one.</summary>
    /// <param name="date">As ISO 8601.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="CommandException">Git ended with an error.</exception>
    public async Task<string> CommitAsync(
        string tree, string parent, string message, string date, CancellationToken cancellation)
    {
        var who = new Dictionary<string, string?>
        {
            ["GIT_AUTHOR_NAME"] = Author,
            ["GIT_AUTHOR_EMAIL"] = Author,
            ["GIT_AUTHOR_DATE"] = date,
            ["GIT_COMMITTER_NAME"] = Author,
            ["GIT_COMMITTER_EMAIL"] = Author,
            ["GIT_COMMITTER_DATE"] = date,
        };
        var made = await TryAsync(
            who, cancellation, "commit-tree", "--no-gpg-sign", "-p", parent, "-m", message, tree).ConfigureAwait(false);
        return made.IsSuccess
            ? made.StandardOutput.Trim()
            : throw new CommandException(made.Describe(), made.Command);
    }
}
