using Harness.Kernels.Archives;
using Harness.Yaml;

namespace Harness.Kernels.Packages;

/// <summary>
/// A source whose kernels lie in packages of archives that a matrix names. Its own are reading entries and indexes; how
/// packages are downloaded, verified, locked and taken apart is the same for all of them.
/// </summary>
/// <inheritdoc cref="TypedKernelSource{TText, TEntry, TLocked}"/>
public abstract class ArchiveKernelSource<TText, TEntry>(string key, string description)
    : TypedKernelSource<TText, TEntry, LockedArchiveKernel>(key, description)
    where TText : class
    where TEntry : KernelEntry
{
    public override IReadOnlyList<YamlKey> LockKeys =>
        [new(Key.Name, typeof(LockedArchiveFile), "The packages.")];

    /// <summary>Checks the signature of a package itself.</summary>
    /// <param name="path">The package.</param>
    /// <param name="keyring">The keys that may sign.</param>
    /// <returns>What is wrong with it, the rest of a sentence; <c>null</c> when all is well.</returns>
    protected virtual Task<string?> CheckAsync(string path, string keyring, CancellationToken cancellation) =>
        Task.FromResult<string?>("such packages have no signatures of their own");

    /// <summary>A run's kernel: where its packages are downloaded is known.</summary>
    protected Kernel ToKernel(ArchiveKernel kernel, KernelSourceContext context, bool byName = false) =>
        new(kernel.Id, kernel.Upstream, kernel.Arch, kernel.Description,
            new ArchiveImage(
                kernel, new ArchiveClient(context.Http, new ArchiveOptions(), context.Clock), context.Cache,
                CheckAsync),
            byName, kernel.Image.Size)
        {
            Line = kernel.Line,
            Checkout = new KernelCheckout(kernel.Line, kernel.Image.Version, null, null, null),
        };

    protected override bool Owns(IImageSource images) =>
        images is ArchiveImage { Kernel.Source: var source } && source == Key.Name;

    protected override bool OwnsLocked(LockedArchiveKernel locked) => locked.Kernel.Source == Key.Name;

    protected override Task<(LockedArchiveKernel? Locked, string? Problem)> PinKernelAsync(
        Kernel kernel, CancellationToken cancellation) =>
        Task.FromResult<(LockedArchiveKernel?, string?)>(
            (new LockedArchiveKernel(((ArchiveImage)kernel.Source).Kernel), null));

    protected override IEnumerable<object?> Write(LockedArchiveKernel locked, string directory) =>
    [
        new LockedArchiveFile
        {
            Line = locked.Kernel.Line,
            Image = LockedPackageFile.Of(locked.Kernel.Image, directory),
            Beside = locked.Kernel.Beside.Count == 0 ? null
                : [.. locked.Kernel.Beside.Select(package => LockedPackageFile.Of(package, directory))],
        },
    ];

    protected override (LockedArchiveKernel? Locked, string? Problem) ReadLocked(
        LockedKernelFile entry, string directory)
    {
        var text = entry.Get<LockedArchiveFile>(Key.Name)!;
        var image = text.Image?.Read(directory);
        var beside = (text.Beside ?? []).Select(package => package?.Read(directory)).ToList();
        return text.Line is { } line && image is not null && beside.TrueForAll(package => package is not null)
            && entry.Version is { } upstream
            ? (new LockedArchiveKernel(
                new ArchiveKernel(Key.Name, line, entry.Id!, upstream, entry.Arch, image, beside!)), null)
            : (null, $"{Key.Name} needs a version, line, and image with package, version, uri, size and sha256");
    }

    protected override Task<IReadOnlyList<Kernel>> UnlockAsync(
        IReadOnlyList<LockedArchiveKernel> locked, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Kernel>>(
            [.. locked.Select(pinned => ToKernel(pinned.Kernel, context, byName: true))]);
}
