using Harness.Yaml;

namespace Harness.Kernels;

/// <summary>
/// A source of kernels: it owns a key of a matrix's entries, and knows how to read such entries, which kernels they
/// come to, where the images are, and how a lock pins them. A new source derives from
/// <see cref="TypedKernelSource{TText, TEntry, TLocked}"/>, in a folder of its own, and gets a line in
/// <see cref="KernelSources.Default"/>.
/// </summary>
public abstract class KernelSource
{
    private protected KernelSource(YamlKey key) => Key = key;

    /// <summary>The key that tells its entries from those of other sources.</summary>
    public YamlKey Key { get; }

    /// <summary>What an entry is, in words behind an article: <c>one local image</c>.</summary>
    public abstract string EntryInWords { get; }

    /// <summary>
    /// Keys that an entry may have beside <see cref="Key"/>. Sources may share one; its value is a text.
    /// </summary>
    public virtual IReadOnlyList<YamlKey> FurtherKeys => [];

    /// <summary>The kinds that its entries are of, by the keys that they have.</summary>
    public virtual IReadOnlyList<YamlKindAttribute> Kinds =>
        [new YamlKindAttribute(Key.Name) { Optional = [.. FurtherKeys.Select(key => key.Name)] }];

    /// <summary>Keys at the top of a matrix that concern the source.</summary>
    public virtual IReadOnlyList<YamlSection> Settings => [];

    /// <summary>
    /// The keys of a locked kernel that are the source's own; each locked kernel has all of them. None where another
    /// source pins its kernels.
    /// </summary>
    public abstract IReadOnlyList<YamlKey> LockKeys { get; }

    /// <summary>Programs that the source runs, for <c>doctor</c>. They answer to <c>--version</c>.</summary>
    public virtual IReadOnlyList<string> Programs => [];

    /// <summary>
    /// What a kernel of this id is a point release of; <c>null</c> for one that no later kernel replaces.
    /// </summary>
    public virtual KernelPlace? PlaceOf(string kernelId) => null;

    /// <summary>Checks, for <c>doctor</c>, what must be installed beside <see cref="Programs"/>.</summary>
    public virtual IEnumerable<SourceCheck> CheckInstallation() => [];

    /// <summary>Checks, for <c>doctor</c>, whether the places that kernels come from answer.</summary>
    public virtual Task<IReadOnlyList<SourceCheck>> CheckPlacesAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<SourceCheck>>([]);

    internal abstract KernelEntry? Read(KernelEntryFile entry, YamlPlace at, List<string> problems);

    internal abstract bool Owns(KernelEntry entry);

    internal abstract bool Owns(LockedKernel locked);

    /// <summary>Whether it is this source that the kernel's image comes from.</summary>
    internal abstract bool Owns(Kernel kernel);

    internal abstract Task<ResolvedKernels> ResolveAsync(
        IEnumerable<KernelEntry> entries, KernelSourceContext context, CancellationToken cancellation);

    internal abstract Task<(LockedKernel? Locked, string? Problem)> PinAsync(
        Kernel kernel, CancellationToken cancellation);

    internal abstract IEnumerable<(string Key, object? Value)> Write(LockedKernel locked, string directory);

    internal abstract (LockedKernel? Locked, string? Problem) Read(LockedKernelFile entry, string directory);

    internal abstract Task<IReadOnlyList<Kernel>> UnlockAsync(
        IEnumerable<LockedKernel> locked, KernelSourceContext context, CancellationToken cancellation);
}
