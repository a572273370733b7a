using Harness.Kernels.Git;
using Harness.Machines;

namespace Harness.Bisection.Commits;

/// <summary>Why a culprit may be none: it changes nothing that is in the kernel.</summary>
internal sealed class CulpritDoubts(GitRepository repository, Machine machine)
{
    /// <summary>A commit that touches more files is not looked at file by file.</summary>
    private const int MostFiles = 200;

    private const string Documentation = "documentation";
    private const string Tests = "tests and samples";
    private const string Comments = "comments";

    /// <summary>What is built into no kernel.</summary>
    private static readonly string[] _beside =
        ["Documentation/", "LICENSES/", "MAINTAINERS", "CREDITS", "COPYING", ".mailmap"];

    private static readonly string[] _tests = ["samples/", "tools/testing/"];

    /// <param name="steps">The bisection's: the confirmation built the culprit and its parent.</param>
    /// <returns>Each a sentence without its full stop.</returns>
    public async Task<IReadOnlyList<string>> OfAsync(
        Commit culprit, IReadOnlyList<CommitStep> steps, CancellationToken cancellation)
    {
        var doubts = new List<string>();
        if (Image(culprit.Id) is { } image && image == Image(culprit.Parents[0]))
        {
            doubts.Add("the kernel of the commit is the same, byte for byte, as its parent's");
        }
        if (await OfFilesAsync(culprit, cancellation).ConfigureAwait(false) is { } doubt)
        {
            doubts.Add(doubt);
        }
        return doubts;

        string? Image(string commit) =>
            steps.LastOrDefault(s => s.Kind == CommitStepKind.Confirmation && s.Commit == commit)?.Image;
    }

    /// <summary>
    /// A patch that goes to each tree to which it applies may have changed the verdict in the commit's stead: where the
    /// commit only changed whether it applies, and where the revert did.
    /// </summary>
    /// <param name="proof">The culprit's revert, which was measured in one of <paramref name="steps"/>; <c>null</c>
    /// where there was none.</param>
    /// <returns>Each a sentence without its full stop.</returns>
    public static IEnumerable<string> OfPatches(Commit culprit, RevertProof? proof, IReadOnlyList<CommitStep> steps)
    {
        var confirmations = steps.Where(s => s.Kind == CommitStepKind.Confirmation).ToList();
        var parent = confirmations.LastOrDefault(s => s.Commit == culprit.Parents[0]);
        var commit = confirmations.LastOrDefault(s => s.Commit == culprit.Id);
        var end = steps.LastOrDefault(s => s.Commit == proof?.On && s.Kind != CommitStepKind.Revert);
        var revert = steps.LastOrDefault(s => s.Step == proof?.Step);
        return [
            .. Different("the commit's parent", parent, "the commit", commit),
            .. proof is null ? [] : Different(
                $"the commit's revert on {proof.On[..12]}", revert, proof.On[..12], end),
        ];
    }

    /// <summary>Two compilers may make kernels of one tree that answer differently.</summary>
    /// <param name="proof">The culprit's revert, where there was one.</param>
    /// <param name="ends">The ends of the search.</param>
    /// <returns>Each a sentence without its full stop.</returns>
    public static IEnumerable<string> OfCompilers(
        Commit culprit, RevertProof? proof, (string Older, string Newer) ends, IReadOnlyList<CommitStep> steps)
    {
        var (parent, commit) = (Confirmed(culprit.Parents[0]), Confirmed(culprit.Id));
        var revert = proof is null ? null : steps.LastOrDefault(s => s.Step == proof.Step)?.Compiler;
        var pairs = new[]
        {
            ("the commit's parent", parent, "the commit", commit),
            ("the commit's revert", revert, proof?.On[..12] ?? "", proof is null ? null : Searched(proof.On)),
            // One compiler that built the commit and its parent, and told them apart, settles it.
            commit is not null && commit == parent
                ? ("", null, "", null)
                : ($"the end {ends.Older[..12]}", Searched(ends.Older),
                    $"the end {ends.Newer[..12]}", Searched(ends.Newer)),
        };
        return pairs.Where(pair => pair.Item2 is not null && pair.Item4 is not null && pair.Item2 != pair.Item4)
            .Select(pair => $"{pair.Item1} was built with {pair.Item2}, and {pair.Item3} with {pair.Item4}: the"
                + " compiler may be what changed the verdict");

        string? Confirmed(string id) =>
            steps.LastOrDefault(s => s.Kind == CommitStepKind.Confirmation && s.Commit == id)?.Compiler;

        string? Searched(string id) => steps.LastOrDefault(
            s => s.Kind is CommitStepKind.End or CommitStepKind.Search && s.Commit == id)?.Compiler;
    }

    private static IEnumerable<string> Different(
        string oneName, CommitStep? one, string otherName, CommitStep? other)
    {
        if (one is null || other is null)
        {
            return [];
        }
        var (first, second) = (one.Patches.Except(other.Patches), other.Patches.Except(one.Patches));
        return new[] { (oneName, otherName, Patches: first), (otherName, oneName, Patches: second) }
            .Select(side => (side.Item1, side.Item2, Names: string.Join(" and ", side.Patches)))
            .Where(side => side.Names.Length > 0)
            .Select(side => $"{side.Item1} was built with {side.Names}, and {side.Item2} without: the patch may be what"
                + " changed the verdict");
    }

    private async Task<string?> OfFilesAsync(Commit culprit, CancellationToken cancellation)
    {
        var names = await repository.AskAsync(cancellation, "diff-tree", "-r", "--no-renames", "--name-only", "-z",
            culprit.Parents[0], culprit.Id).ConfigureAwait(false);
        var files = names.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        if (files.Length is 0 or > MostFiles)
        {
            return null;
        }
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (await KindAsync(culprit, file, cancellation).ConfigureAwait(false) is not { } kind)
            {
                return null;
            }
            kinds.Add(kind);
        }
        return $"the commit changes nothing but {string.Join(" and ", kinds)}";
    }

    /// <summary>What a file's change is instead of a change of the kernel; <c>null</c> where it may be one.</summary>
    private async Task<string?> KindAsync(Commit culprit, string file, CancellationToken cancellation)
    {
        if (_beside.Any(place => place.EndsWith('/')
            ? file.StartsWith(place, StringComparison.Ordinal)
            : file == place) || Path.GetExtension(file) is ".rst" or ".md")
        {
            return Documentation;
        }
        if (_tests.Any(place => file.StartsWith(place, StringComparison.Ordinal)))
        {
            return Tests;
        }
        if (file.Split('/') is ["arch", var arch, _, ..] && arch != machine.SourceArch)
        {
            return $"another architecture (arch/{arch})";
        }
        var before = await TextAsync(culprit.Parents[0], file, cancellation).ConfigureAwait(false);
        var after = await TextAsync(culprit.Id, file, cancellation).ConfigureAwait(false);
        return before is not null && before == after ? Comments : null;
    }

    /// <summary>A file without its comments; <c>null</c> where it is not there, or not known to have some.</summary>
    private async Task<string?> TextAsync(string commit, string file, CancellationToken cancellation)
    {
        var content = await repository.TryAsync(cancellation, "cat-file", "blob", $"{commit}:{file}")
            .ConfigureAwait(false);
        return content.IsSuccess ? SourceComments.Without(file, content.StandardOutput) : null;
    }
}
