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
        var own = await repository.AskAsync(cancellation, "tag", "--points-at", commit.Id).ConfigureAwait(false);
        return [.. before.Split('\n').Except(own.Split('\n')).Where(tag => Release().IsMatch(tag))];
    }

    [GeneratedRegex(@"^v\d+\.\d+(\.\d+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Release();
}
