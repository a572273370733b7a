using Harness.Kernels;
using Harness.Kernels.Git;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>Reads <c>git:</c> entries. Whether the revisions exist is asked of git when the matrix is resolved.</summary>
internal static class GitEntryReader
{
    private const string DefaultPrefix = "git";

    public static GitEntry? Read(YamlDocument<MatrixFile> document, int index, GitFile git, string? name, List<string> problems)
    {
        var before = problems.Count;
        string At(params object[] keys) => document.At(["kernels", index, "git", .. keys]);
        if (string.IsNullOrWhiteSpace(git.Dir))
        {
            problems.Add($"{At("dir")}: dir is missing: the repository of a kernel tree");
        }
        if (git.Revs is not { Count: > 0 } || git.Revs.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add($"{At("revs")}: name at least one revision, such as revs: [v6.1, v6.2]");
        }
        var revisions = (git.Revs ?? []).Index().Where(r => !string.IsNullOrWhiteSpace(r.Item))
            .Select(r => new GitRevision(At("revs", r.Index), IdOf(name, r.Item), r.Item)).ToList();
        foreach (var revision in revisions)
        {
            if (KernelIds.Problem(revision.Id) is { } problem)
            {
                problems.Add($"{(name is null ? revision.At : document.At("kernels", index, "name"))}: {problem}");
            }
        }
        if (git.MakeArgs?.FindIndex(string.IsNullOrWhiteSpace) is >= 0 and var empty)
        {
            problems.Add($"{At("make_args", empty)}: an argument for make is empty");
        }
        var fragment = Fragment(document, At("config"), git.Config, problems);
        return problems.Count > before ? null : new GitEntry(
            document.At("kernels", index), MatrixLoader.RelativeTo(document.Path, git.Dir!), revisions,
            new BuildSettings(BuildSettings.DefaultArch, fragment, git.MakeArgs ?? [], Environment.ProcessorCount));
    }

    /// <summary>Revisions may hold what an id may not, as in <c>origin/main</c> or <c>HEAD^</c>.</summary>
    private static string IdOf(string? name, string revision) =>
        $"{name ?? DefaultPrefix}-{string.Concat(revision.Select(c => KernelIds.Problem($"a{c}") is null ? c : '-'))}";

    private static string? Fragment(YamlDocument<MatrixFile> document, string at, string? config, List<string> problems)
    {
        try
        {
            return config is null ? null : File.ReadAllText(MatrixLoader.RelativeTo(document.Path, config));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{at}: {e.Message}");
            return null;
        }
    }
}
