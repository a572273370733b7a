using System.Globalization;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>
/// Patches trees before they are built. A patched tree is an object of git's as any other, so that files which stay the
/// same keep their times, and a verdict is remembered for the tree that was built.
/// </summary>
/// <param name="objects">Get the patched trees.</param>
/// <param name="directory">For copies of the patches: the bisection's.</param>
/// <param name="scratch">A directory for git's index.</param>
public sealed class TreePatches(
    OwnObjects objects, IReadOnlyList<TreePatch> patches, string directory, string scratch)
{
    private const string Option = "--apply-if";
    private const string Unconditional = "--apply";

    /// <summary>
    /// Resolves the revisions of conditions, so that a branch which moves changes nothing later, and refuses what is no
    /// patch.
    /// </summary>
    /// <exception cref="GitException">There is no such revision, or git cannot read a patch.</exception>
    public static async Task<IReadOnlyList<TreePatch>> ResolveAsync(
        GitRepository repository, IReadOnlyList<TreePatch> patches, CancellationToken cancellation)
    {
        var resolved = new List<TreePatch>();
        foreach (var patch in patches)
        {
            var condition = patch with
            {
                Since = await IdAsync(patch.Since).ConfigureAwait(false),
                Until = await IdAsync(patch.Until).ConfigureAwait(false),
            };
            var read = await repository.TryAsync(patch.Content, cancellation, "apply", "--numstat")
                .ConfigureAwait(false);
            if (!read.IsSuccess)
            {
                throw new GitException($"{(patch.Since is null ? Unconditional : Option)}: {patch.Name} is no patch"
                    + $" that git can apply: {Error(read)}");
            }
            resolved.Add(condition);
        }
        return resolved;

        async Task<string?> IdAsync(string? revision) => revision is null
            ? null
            : (await repository.CommitAsync(Option, revision, cancellation).ConfigureAwait(false)).Id;
    }

    /// <param name="applied">Copies, as <see cref="ApplyAsync"/> names them.</param>
    /// <returns>The patches that are not among them, by their names.</returns>
    public IEnumerable<string> Without(IEnumerable<string> applied)
    {
        var named = applied.ToHashSet(StringComparer.Ordinal);
        return patches.Index()
            .Where(p => !named.Contains(Path.GetRelativePath(directory, CopyOf(p.Index, p.Item))))
            .Select(p => p.Item.Name);
    }

    /// <exception cref="CommandException">Git ended with an error.</exception>
    /// <exception cref="IOException">A directory cannot be written.</exception>
    public async Task<PatchedCommit> ApplyAsync(Commit commit, CancellationToken cancellation)
    {
        if (patches.Count == 0)
        {
            return new PatchedCommit(commit, [], null);
        }
        Directory.CreateDirectory(scratch);
        var file = Path.Combine(scratch, "patched.index");
        File.Delete(file + ".lock"); // A killed git leaves it; no other git works here.
        var index = new Dictionary<string, string?> { ["GIT_INDEX_FILE"] = file };
        await AskAsync(index, cancellation, "read-tree", commit.Tree).ConfigureAwait(false);
        var applied = new List<string>();
        foreach (var (i, patch) in patches.Index())
        {
            if (!await IsNeededAsync(patch, commit, cancellation).ConfigureAwait(false))
            {
                continue;
            }
            var copy = Copy(i, patch);
            var said = await objects.TryAsync(
                index, cancellation, "apply", "--cached", "--whitespace=nowarn", copy).ConfigureAwait(false);
            if (said.IsSuccess)
            {
                applied.Add(Path.GetRelativePath(directory, copy));
            }
            else if (patch.Since is not null)
            {
                return new PatchedCommit(commit, applied, $"{patch.Name} does not apply: {Error(said)}");
            }
        }
        var tree = await AskAsync(index, cancellation, "write-tree").ConfigureAwait(false);
        return new PatchedCommit(commit with { Tree = tree }, applied, null);
    }

    private async Task<bool> IsNeededAsync(TreePatch patch, Commit commit, CancellationToken cancellation) =>
        (patch.Since is null || await objects.Reader.IsAncestorAsync(patch.Since, commit.Id, cancellation)
            .ConfigureAwait(false))
        && (patch.Until is null || !await objects.Reader.IsAncestorAsync(patch.Until, commit.Id, cancellation)
            .ConfigureAwait(false));

    private async Task<string> AskAsync(
        IReadOnlyDictionary<string, string?> index, CancellationToken cancellation, params string[] arguments)
    {
        var said = await objects.TryAsync(index, cancellation, arguments).ConfigureAwait(false);
        return said.IsSuccess ? said.StandardOutput.Trim() : throw new CommandException(said.Describe(), said.Command);
    }

    /// <summary>The patch as it was when the bisection began; its own file may change.</summary>
    private string Copy(int number, TreePatch patch)
    {
        var path = CopyOf(number, patch);
        if (!File.Exists(path) || !patch.Content.Span.SequenceEqual(File.ReadAllBytes(path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Files.Replace(path, copy => copy.Write(patch.Content.Span));
        }
        return path;
    }

    private string CopyOf(int number, TreePatch patch) => Path.Combine(
        directory, "patches", string.Create(CultureInfo.InvariantCulture, $"{number + 1}-{patch.Name}"));

    private static string Error(FinishedCommand said) =>
        said.StandardError.Split('\n').FirstOrDefault(line => line.StartsWith("error: ", StringComparison.Ordinal))
            is { } error ? error["error: ".Length..] : $"git apply exited with {said.ExitCode}";
}
