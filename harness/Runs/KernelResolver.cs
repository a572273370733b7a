using Harness.Kernels;
using Harness.Kernels.Debian;
using Harness.Kernels.Git;
using Harness.Machines;
using Harness.Matrix;
using Harness.Yaml;

namespace Harness.Runs;

/// <summary>The kernels that a matrix comes to today.</summary>
/// <param name="Notes">Suites left out, stale indexes.</param>
public sealed record ResolvedMatrix(IReadOnlyList<PlannedKernel> Kernels, IReadOnlyList<string> Notes);

/// <summary>Where kernels can come from on this machine.</summary>
public sealed class KernelResolver(HttpClient http, ImageCache cache, TimeProvider clock)
{
    /// <summary>Images and commits are of this architecture until the matrix can say another.</summary>
    public static string Arch => MachineList.Default.Name;

    /// <summary>Environment variables that name the archive, as <c>--mirror</c> does.</summary>
    public const string MirrorVariable = "HARNESS_MIRROR";

    public const string SecurityMirrorVariable = "HARNESS_SECURITY_MIRROR";

    /// <param name="mirror">Wins over the matrix's own mirror; <c>null</c> leaves the choice to the matrix, then the machine.</param>
    /// <param name="refresh">Ask the archive even when the cached index is fresh.</param>
    /// <exception cref="YamlFileException">The selection is empty, or names an id twice.</exception>
    public async Task<ResolvedMatrix> ResolveAsync(MatrixSpec matrix, string? mirror, bool refresh, CancellationToken cancellation)
    {
        var rules = matrix.Kernels.OfType<DebianEntry>().Select(e => e.Rule).ToList();
        var picks = rules.Count == 0
            ? new DebianPicks([], [])
            : await (await DebianAsync(matrix, mirror, cancellation).ConfigureAwait(false))
                .ResolveAsync(rules, refresh, cancellation).ConfigureAwait(false);
        var planned = picks.Picks.ToList();
        foreach (var (at, id) in matrix.Kernels.SelectMany(e => e.Named).Where(named => planned.Any(p => p.Kernel.Id == named.Id)))
        {
            throw new YamlFileException([$"{at}: the kernel id '{id}' is also chosen by a rule; give it another name"]);
        }
        foreach (var image in matrix.Kernels.OfType<ImageEntry>())
        {
            planned.Add(new PlannedKernel(Local(image.Id, image.File, image.Version)));
        }
        foreach (var entry in matrix.Kernels.OfType<GitEntry>())
        {
            planned.AddRange(await GitAsync(entry, cancellation).ConfigureAwait(false));
        }
        return new ResolvedMatrix(planned, picks.Notes);
    }

    private async Task<IReadOnlyList<PlannedKernel>> GitAsync(GitEntry entry, CancellationToken cancellation)
    {
        try
        {
            var git = await GitKernels.OpenAsync(entry.At, entry.Repository, entry.Build, cache, cancellation).ConfigureAwait(false);
            var kernels = new List<PlannedKernel>();
            foreach (var revision in entry.Revisions)
            {
                kernels.Add(new PlannedKernel(await git.KernelAsync(revision.At, revision.Id, revision.Revision, Arch, cancellation).ConfigureAwait(false)));
            }
            return kernels;
        }
        catch (GitException e)
        {
            throw new YamlFileException([e.Message]);
        }
    }

    /// <summary>The kernels that a lock pins; no index is read.</summary>
    public async Task<IReadOnlyList<PlannedKernel>> LockedAsync(KernelLock pinned, MatrixSpec matrix, string? mirror, CancellationToken cancellation)
    {
        var debian = await DebianAsync(matrix, mirror, cancellation).ConfigureAwait(false);
        var commits = new Dictionary<string, Kernel>(StringComparer.Ordinal);
        foreach (var git in pinned.Kernels.OfType<LockedKernel.Git>())
        {
            var entry = new GitEntry(git.At, git.Repository, [new GitRevision(git.At, git.Id, git.Commit)], git.Build);
            commits[git.Id] = (await GitAsync(entry, cancellation).ConfigureAwait(false)).Single().Kernel;
        }
        return [.. pinned.ToKernels(debian, local => Local(local.Id, local.Path, local.Version, local.Sha256), git => commits[git.Id]).Select(k => new PlannedKernel(k))];
    }

    /// <param name="sha256">The content that a lock pins.</param>
    public static Kernel Local(string id, string path, KernelVersion? version, string? sha256 = null) =>
        new(id, version ?? MachineList.Default.Images.Version(path), Arch, $"image {Path.GetFileName(path)}", new LocalImage(path, Arch, sha256), ByName: true);

    /// <summary>The command line's mirror wins over the environment's, that over the matrix's, and that over the machine's own.</summary>
    private async Task<DebianKernels> DebianAsync(MatrixSpec matrix, string? mirror, CancellationToken cancellation)
    {
        var (main, security) = mirror is not null ? (mirror, null)
            : Environment.GetEnvironmentVariable(MirrorVariable) is { Length: > 0 } given ? (given, Environment.GetEnvironmentVariable(SecurityMirrorVariable))
            : (matrix.Mirror, matrix.SecurityMirror);
        var bases = await AptSources.FindAsync(main, security, cancellation).ConfigureAwait(false);
        return new DebianKernels(bases, http, cache, new ArchiveOptions(), clock);
    }
}
