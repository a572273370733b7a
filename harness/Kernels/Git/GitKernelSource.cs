using Harness.Kernels.Archives;
using Harness.Machines;
using Harness.Yaml;

namespace Harness.Kernels.Git;

/// <summary>Commits of a kernel tree as a source of kernels, built on this machine.</summary>
public sealed class GitKernelSource()
    : TypedKernelSource<GitFile, GitEntry, LockedCommit>(
        "git", "Commits of a kernel tree, built with the smallest configuration that can answer.")
{
    private const string Name = "name";

    public override string EntryInWords => "commits of a kernel tree";

    public override IReadOnlyList<YamlKey> FurtherKeys { get; } =
        [new(Name, typeof(string), "Of commits, what their ids begin with; default: git."), LineName.Key];

    public override IReadOnlyList<YamlKey> LockKeys { get; } = [new("git", typeof(LockedGitFile), "The commit.")];

    protected override GitEntry? Read(GitFile text, KernelEntryFile entry, YamlPlace at, List<string> problems) =>
        GitEntryReader.Read(text, entry.Get<string>(Name), at, problems);

    protected override async Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<GitEntry> entries, KernelSourceContext context, CancellationToken cancellation)
    {
        var kernels = new List<PlannedKernel>();
        foreach (var entry in entries)
        {
            kernels.AddRange((await KernelsAsync(entry, context, cancellation).ConfigureAwait(false))
                .Select(k => new PlannedKernel(k)));
        }
        return new ResolvedKernels(kernels, []);
    }

    protected override bool Owns(IImageSource images) => images is GitImageSource;

    protected override Task<(LockedCommit? Locked, string? Problem)> PinKernelAsync(
        Kernel kernel, CancellationToken cancellation)
    {
        var commit = ((GitImageSource)kernel.Source).Kernel;
        return Task.FromResult<(LockedCommit?, string?)>((
            new LockedCommit(kernel.Id, kernel.Version, kernel.Arch, commit.Repository, commit.Commit.Id, commit.Build),
            null));
    }

    protected override IEnumerable<object?> Write(LockedCommit locked, string directory) =>
        [LockedGitFile.Of(locked, directory)];

    protected override (LockedCommit? Locked, string? Problem) ReadLocked(LockedKernelFile entry, string directory) =>
        entry.Get<LockedGitFile>(Key.Name)!.Read(entry, directory);

    protected override async Task<IReadOnlyList<Kernel>> UnlockAsync(
        IReadOnlyList<LockedCommit> locked, KernelSourceContext context, CancellationToken cancellation)
    {
        var kernels = new List<Kernel>();
        foreach (var pinned in locked)
        {
            var revision = new GitRevision(pinned.At, pinned.Id, pinned.Commit);
            var entry = new GitEntry(pinned.At, pinned.Repository, [revision], pinned.Build);
            kernels.AddRange(await KernelsAsync(entry, context, cancellation).ConfigureAwait(false));
        }
        return kernels;
    }

    /// <exception cref="YamlFileException">There is no such repository or revision.</exception>
    private static async Task<IReadOnlyList<Kernel>> KernelsAsync(
        GitEntry entry, KernelSourceContext context, CancellationToken cancellation)
    {
        try
        {
            var build = entry.Build with { ProbeOptions = context.KernelOptions };
            var git = await GitKernels.OpenAsync(
                entry.At, entry.Repository, build, context.Cache, cancellation).ConfigureAwait(false);
            var machine = MachineList.Default.Name;
            var kernels = new List<Kernel>();
            foreach (var revision in entry.Revisions)
            {
                var (at, id, name) = (revision.At, revision.Id, revision.Revision);
                var kernel = await git.KernelAsync(at, id, name, machine, cancellation).ConfigureAwait(false);
                kernels.Add(kernel with { Line = entry.Line });
            }
            return kernels;
        }
        catch (GitException e)
        {
            throw new YamlFileException([e.Message]);
        }
    }
}
