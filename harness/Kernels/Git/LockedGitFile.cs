using System.Text.RegularExpressions;

namespace Harness.Kernels.Git;

#pragma warning disable CA1002, CA2227 // This type is what a YAML file looks like; the deserializer fills it.

/// <summary>The text of a locked commit of a kernel tree.</summary>
public sealed partial class LockedGitFile
{
    /// <summary>The repository, relative to the lock.</summary>
    public string? Dir { get; set; }

    /// <summary>The commit's full id.</summary>
    public string? Commit { get; set; }

    /// <summary>The kernel options that were added, as they were.</summary>
    public string? Config { get; set; }

    public List<string>? MakeArgs { get; set; }

    internal static LockedGitFile Of(LockedCommit locked, string directory) => new()
    {
        Dir = Path.GetRelativePath(directory, locked.Repository),
        Commit = locked.Commit,
        Config = locked.Build.Fragment,
        MakeArgs = locked.Build.MakeArguments.Count == 0 ? null : [.. locked.Build.MakeArguments],
    };

    /// <returns>The commit; or what is wrong with the text, in words.</returns>
    internal (LockedCommit? Locked, string? Problem) Read(LockedKernelFile entry, string directory) =>
        Dir is null || !CommitId().IsMatch(Commit ?? "") || MakeArgs?.Exists(string.IsNullOrWhiteSpace) == true
            ? (null, "git needs dir, and commit as a full id; its make_args are not empty")
            : (new LockedCommit(
                entry.Id!, entry.Version, entry.Arch, Path.GetFullPath(Dir, directory), Commit!,
                new BuildSettings(BuildSettings.DefaultArch, Config, MakeArgs ?? [], Environment.ProcessorCount)),
                    null);

    [GeneratedRegex(@"^([0-9a-f]{40}|[0-9a-f]{64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex CommitId();
}
