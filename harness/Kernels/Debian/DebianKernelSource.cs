using Harness.Kernels.Archives;
using Harness.Yaml;

namespace Harness.Kernels.Debian;

/// <summary>The Debian archive as a source of kernels, chosen by rules.</summary>
public sealed class DebianKernelSource()
    : TypedKernelSource<DebianFile, DebianEntry, LockedDebianKernel>(
        "debian", "Kernels of the Debian archive, chosen by rule or by version.")
{
    public override string EntryInWords => "a rule over the Debian archive";

    public override IReadOnlyList<YamlSection> Settings { get; } = [DebianMirror.Main, DebianMirror.Security];

    public override IReadOnlyList<YamlKey> LockKeys { get; } =
        [new("debian", typeof(LockedDebianFile), "The package.")];

    public override IReadOnlyList<string> Programs { get; } = ["gpgv", "xz", "dpkg-deb"];

    public override KernelPlace? PlaceOf(string kernelId) => DebianKernel.PlaceOf(kernelId);

    public override IEnumerable<SourceCheck> CheckInstallation() => [DebianDoctor.Keyring()];

    public override async Task<IReadOnlyList<SourceCheck>> CheckPlacesAsync(CancellationToken cancellation) =>
        [await DebianDoctor.ArchiveAsync(cancellation).ConfigureAwait(false)];

    protected override DebianEntry? Read(DebianFile text, KernelEntryFile entry, YamlPlace at, List<string> problems) =>
        DebianEntryReader.Read(text, at, problems);

    protected override async Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<DebianEntry> entries, KernelSourceContext context, CancellationToken cancellation)
    {
        var resolved = new List<ResolvedKernels>();
        foreach (var same in entries.GroupBy(entry => entry.Rule.Archive))
        {
            var kernels = await KernelsAsync(context, same.Key, cancellation).ConfigureAwait(false);
            resolved.Add(await kernels.ResolveAsync([.. same.Select(e => e.Rule)], context.Refresh, cancellation)
                .ConfigureAwait(false));
        }
        return ResolvedKernels.Merge(resolved);
    }

    protected override bool Owns(IImageSource images) => images is DebianImageSource;

    protected override Task<(LockedDebianKernel? Locked, string? Problem)> PinKernelAsync(
        Kernel kernel, CancellationToken cancellation) =>
        Task.FromResult<(LockedDebianKernel?, string?)>(
            (new LockedDebianKernel(((DebianImageSource)kernel.Source).Kernel), null));

    protected override IEnumerable<object?> Write(LockedDebianKernel locked, string directory) =>
        [LockedDebianFile.Of(locked.Kernel)];

    protected override (LockedDebianKernel? Locked, string? Problem) ReadLocked(
        LockedKernelFile entry, string directory)
    {
        var (kernel, problem) = entry.Get<LockedDebianFile>(Key.Name)!.Read();
        return kernel is null ? (null, problem)
            : kernel.Id != entry.Id ? (null, $"'{entry.Id}' is {kernel.Id} by its version and flavour")
            : (new LockedDebianKernel(kernel), null);
    }

    protected override async Task<IReadOnlyList<Kernel>> UnlockAsync(
        IReadOnlyList<LockedDebianKernel> locked, KernelSourceContext context, CancellationToken cancellation)
    {
        var kernels = await KernelsAsync(context, null, cancellation).ConfigureAwait(false);
        return [.. locked.Select(pinned => kernels.ToKernel(pinned.Kernel, byName: true))];
    }

    private static async Task<DebianKernels> KernelsAsync(
        KernelSourceContext context, RuleArchive? own, CancellationToken cancellation)
    {
        var bases = own?.Mirror is { } mirror
            ? AptSources.Given(mirror, own.SecurityMirror) with { IsOfRule = true }
            : await DebianMirror.FindAsync(context, cancellation).ConfigureAwait(false);
        return new DebianKernels(bases, context.Http, context.Cache,
            await ArchiveOptions.OfAsync(own?.Keyring ?? context.Keyring, cancellation).ConfigureAwait(false),
            context.Clock);
    }
}
