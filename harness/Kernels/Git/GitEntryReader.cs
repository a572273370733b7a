using Harness.Yaml;

namespace Harness.Kernels.Git;

/// <summary>
/// Checks <c>git:</c> entries. Whether the revisions exist is asked of git when the matrix is resolved.
/// </summary>
internal static class GitEntryReader
{
    /// <summary>The most characters of a revision: a kernel's id can hold them behind the default prefix.</summary>
    public const int LongestRevision = KernelIds.MaximumLength - 4;

    private const string DefaultPrefix = "git";

    /// <param name="name">What the kernels' ids begin with; <c>null</c> for the default.</param>
    /// <param name="at">The place of the whole entry.</param>
    public static GitEntry? Read(GitFile text, string? name, YamlPlace at, List<string> problems)
    {
        var before = problems.Count;
        var git = at["git"];
        if (string.IsNullOrWhiteSpace(text.Dir))
        {
            problems.Add($"{git["dir"]}: dir is missing: the repository of a kernel tree");
        }
        else if (!YamlRuleAttribute.IsPath(text.Dir))
        {
            problems.Add($"{git["dir"]}: dir is no path");
        }
        if (text.Revs is not { Count: > 0 } || text.Revs.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add($"{git["revs"]}: name at least one revision, such as revs: [v6.1, v6.2]");
        }
        var revisions = (text.Revs ?? []).Index().Where(r => !string.IsNullOrWhiteSpace(r.Item))
            .Select(r => new GitRevision(git["revs"][r.Index].ToString(), IdOf(name, r.Item), r.Item)).ToList();
        foreach (var revision in revisions)
        {
            if (revision.Revision.Length > LongestRevision)
            {
                problems.Add($"{revision.At}: a revision has at most {LongestRevision} characters");
                continue;
            }
            if (KernelIds.Problem(revision.Id) is { } problem)
            {
                problems.Add($"{(name is null ? revision.At : at["name"])}: {problem}");
            }
        }
        if (text.MakeArgs?.FindIndex(string.IsNullOrWhiteSpace) is >= 0 and var empty)
        {
            problems.Add($"{git["make_args"][empty]}: an argument for make is empty");
        }
        var fragment = Fragment(text.Config, git["config"], problems);
        return problems.Count > before ? null : new GitEntry(
            at.ToString(), at.Resolve(text.Dir!), revisions,
            new BuildSettings(BuildSettings.DefaultArch, fragment, text.MakeArgs ?? [], Environment.ProcessorCount));
    }

    /// <summary>
    /// The kernel's id. Characters of a revision that an id may not have (<c>origin/main</c>, <c>HEAD^</c>) become '-'.
    /// </summary>
    private static string IdOf(string? name, string revision) =>
        $"{name ?? DefaultPrefix}-{string.Concat(revision.Select(c => KernelIds.Problem($"a{c}") is null ? c : '-'))}";

    private static string? Fragment(string? config, YamlPlace at, List<string> problems)
    {
        if (config is not null && !YamlRuleAttribute.IsPath(config))
        {
            problems.Add($"{at}: config is no path");
            return null;
        }
        try
        {
            return config is null ? null : Files.ReadText(at.Resolve(config));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{at}: {e.Message}");
            return null;
        }
    }
}
