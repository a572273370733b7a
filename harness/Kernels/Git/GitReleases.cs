using System.Text.RegularExpressions;

namespace Harness.Kernels.Git;

/// <summary>Finds the releases from which a commit comes.</summary>
internal static partial class GitReleases
{
    /// <summary>Their tags, <c>v6.1.170</c>, the newest first; without pre-releases and the commit itself.</summary>
    public static async Task<IReadOnlyList<string>> BeforeAsync(
        GitRepository repository, Commit commit, CancellationToken cancellation)
    {
        var before = await repository.AskAsync(
            cancellation, "tag", "--merged", commit.Id, "--sort=-version:refname", "--list", "v[0-9]*")
            .ConfigureAwait(false);
        var own = await TagsAsync(repository, commit, cancellation).ConfigureAwait(false);
        return [.. before.Split('\n').Except(own).Where(tag => Release().IsMatch(tag))];
    }

    /// <summary>The tag of the release that a commit is; <c>null</c> when it is none.</summary>
    public static async Task<string?> NameAsync(
        GitRepository repository, Commit commit, CancellationToken cancellation) =>
        (await TagsAsync(repository, commit, cancellation).ConfigureAwait(false)).FirstOrDefault(Release().IsMatch);

    private static async Task<string[]> TagsAsync(
        GitRepository repository, Commit commit, CancellationToken cancellation) =>
        (await repository.AskAsync(cancellation, "tag", "--points-at", commit.Id).ConfigureAwait(false)).Split('\n');

    [GeneratedRegex(@"^v\d+\.\d+(\.\d+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Release();
}
