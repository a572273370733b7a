using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Kernels.Git;

/// <summary>Commits of one repository as kernels to test.</summary>
/// <param name="identity">A hash of configuration and toolchain.</param>
public sealed partial class GitKernels(GitRepository repository, BuildSettings build, string identity, ImageCache cache)
{
    /// <exception cref="GitException">The directory is in no git repository.</exception>
    public static async Task<GitKernels> OpenAsync(
        string at, string directory, BuildSettings build, ImageCache cache, CancellationToken cancellation) => new(
        await GitRepository.OpenAsync(at, directory, cancellation).ConfigureAwait(false), build,
        await BuildTools.IdentityAsync(build, cancellation).ConfigureAwait(false), cache);

    /// <param name="at">Where the revision was given, for the error.</param>
    /// <exception cref="GitException">It names no commit.</exception>
    public async Task<Kernel> KernelAsync(
        string at, string id, string revision, string machine, CancellationToken cancellation)
    {
        var commit = await repository.CommitAsync(at, revision, cancellation).ConfigureAwait(false);
        var version = await VersionAsync(repository, commit, cancellation).ConfigureAwait(false);
        var description = $"commit {commit.Short} of {Path.GetFileName(repository.Directory)}";
        var source = new GitImageSource(new GitKernel(repository.Directory, commit, build), identity, cache);
        return new Kernel(id, version, machine, description, source, ByName: true)
        {
            CommittedAt = DateTimeOffset.Parse(commit.CommittedAt, CultureInfo.InvariantCulture),
            Checkout = new KernelCheckout(
                Path.GetFileName(repository.Directory), revision,
                await repository.PublicUrlAsync(cancellation).ConfigureAwait(false), commit.Id, null),
        };
    }

    /// <summary>The version that a commit's Makefile gives; <c>null</c> where it gives none.</summary>
    public static async Task<KernelVersion?> VersionAsync(
        GitRepository repository, Commit commit, CancellationToken cancellation)
    {
        var makefile = await repository.TryAsync(cancellation, "cat-file", "blob", $"{commit.Id}:Makefile")
            .ConfigureAwait(false);
        return Version(makefile.IsSuccess ? makefile.StandardOutput : "");
    }

    /// <summary>What the head of a kernel's Makefile says; <c>null</c> when it is none.</summary>
    public static KernelVersion? Version(string makefile)
    {
        var set = Assignments().Matches(makefile).DistinctBy(m => m.Groups["name"].Value)
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
        string Of(string name) => set.GetValueOrDefault(name, "");
        return KernelVersion.TryParse($"{Of("VERSION")}.{Of("PATCHLEVEL")}.{Of("SUBLEVEL")}{Of("EXTRAVERSION")}");
    }

    [GeneratedRegex(@"^(?<name>VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION)[ \t]*=[ \t]*(?<value>\S*)[ \t]*$",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Assignments();
}
