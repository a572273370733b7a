using Harness.Yaml;

namespace Harness.Kernels.Images;

/// <summary>
/// A source that looks for kernel images on this machine. They are used where they lie, and a lock pins them as any
/// other image, which <see cref="ImageKernelSource"/> does.
/// </summary>
/// <typeparam name="TEntry">An entry that passed validation.</typeparam>
public abstract class FoundImageSource<TEntry>(YamlKey key) : TypedKernelSource<string, TEntry, LockedImage>(key)
    where TEntry : KernelEntry
{
    public sealed override IReadOnlyList<YamlKey> LockKeys => [];

    /// <summary>The images of an entry, each with its kernel's id.</summary>
    /// <exception cref="YamlFileException">There are none.</exception>
    protected abstract IReadOnlyList<(string Id, string Path)> Find(TEntry entry);

    protected sealed override Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<TEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult(new ResolvedKernels(
            [
                .. entries.SelectMany(entry => Find(entry).Select(found =>
                    new PlannedKernel(LocalImage.ToKernel(found.Id, found.Path) with { Line = entry.Line }))),
            ],
            []));

    protected sealed override bool Owns(IImageSource images) => false;

    protected sealed override bool OwnsLocked(LockedImage locked) => false;

    protected sealed override Task<(LockedImage? Locked, string? Problem)> PinKernelAsync(
        Kernel kernel, CancellationToken cancellation) => throw NotOwner();

    protected sealed override IEnumerable<object?> Write(LockedImage locked, string directory) => throw NotOwner();

    protected sealed override (LockedImage? Locked, string? Problem) ReadLocked(
        LockedKernelFile entry, string directory) => throw NotOwner();

    protected sealed override Task<IReadOnlyList<Kernel>> UnlockAsync(
        IReadOnlyList<LockedImage> locked, KernelSourceContext context, CancellationToken cancellation) =>
        throw NotOwner();

    private InvalidOperationException NotOwner() => new($"{Key.Name} pins no kernels: its images are image's");
}
