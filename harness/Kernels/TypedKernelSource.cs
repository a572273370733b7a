using Harness.Kernels.Archives;
using Harness.Yaml;

namespace Harness.Kernels;

/// <summary>What a source implements, with its own types.</summary>
/// <typeparam name="TText">What the value of its key is read as, strictly; descriptions are for the schema.</typeparam>
/// <typeparam name="TEntry">An entry that passed validation.</typeparam>
/// <typeparam name="TLocked">A kernel of it that a lock pins.</typeparam>
/// <param name="key">The key of its entries; its value is a <typeparamref name="TText"/>.</param>
public abstract class TypedKernelSource<TText, TEntry, TLocked>(YamlKey key) : KernelSource(key)
    where TText : class
    where TEntry : KernelEntry
    where TLocked : LockedKernel
{
    /// <param name="key">The key of its entries.</param>
    /// <param name="description">What the key's value is, for the schema.</param>
    protected TypedKernelSource(string key, string description)
        : this(new YamlKey(key, typeof(TText), description))
    {
    }

    /// <summary>Checks an entry, before anything is run.</summary>
    /// <param name="text">The value of the source's key.</param>
    /// <param name="entry">The whole entry, for further keys.</param>
    /// <param name="at">The place of the entry.</param>
    /// <param name="problems">Gets every problem, with its place.</param>
    /// <returns><c>null</c> when there is a problem.</returns>
    protected abstract TEntry? Read(TText text, KernelEntryFile entry, YamlPlace at, List<string> problems);

    /// <summary>The kernels that the source's entries come to, without those that two entries want twice.</summary>
    /// <exception cref="YamlFileException">An entry names what is not there.</exception>
    protected abstract Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<TEntry> entries, KernelSourceContext context, CancellationToken cancellation);

    /// <summary>Whether images that come from there are this source's.</summary>
    protected abstract bool Owns(IImageSource images);

    /// <summary>Whether a locked kernel of the type is this source's, where several sources share the type.</summary>
    protected virtual bool OwnsLocked(TLocked locked) => true;

    /// <summary>Pins one of the source's kernels; or says why it cannot be pinned.</summary>
    protected abstract Task<(TLocked? Locked, string? Problem)> PinKernelAsync(
        Kernel kernel, CancellationToken cancellation);

    /// <summary>The values of <see cref="KernelSource.LockKeys"/> in a lock file.</summary>
    /// <param name="directory">The lock file's: paths are written relative to it.</param>
    protected abstract IEnumerable<object?> Write(TLocked locked, string directory);

    /// <summary>
    /// Reads a locked kernel, which has an id, an architecture, and all of <see cref="KernelSource.LockKeys"/>.
    /// </summary>
    /// <param name="directory">The lock file's: paths are relative to it.</param>
    /// <returns>The kernel; or what is wrong with it, in words.</returns>
    protected abstract (TLocked? Locked, string? Problem) ReadLocked(LockedKernelFile entry, string directory);

    /// <summary>The kernels that a lock pins, in its order, all of them asked for by name.</summary>
    /// <exception cref="YamlFileException">A pinned kernel is not there.</exception>
    protected abstract Task<IReadOnlyList<Kernel>> UnlockAsync(
        IReadOnlyList<TLocked> locked, KernelSourceContext context, CancellationToken cancellation);

    internal sealed override KernelEntry? Read(KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        KernelEntry? read = Read(entry.Get<TText>(Key.Name)!, entry, at, problems);
        return LineName.Read(entry, at, problems) is { } line && read is not null ? read with { Line = line } : read;
    }

    internal sealed override bool Owns(KernelEntry entry) => entry is TEntry;

    internal sealed override bool Owns(LockedKernel locked) => locked is TLocked own && OwnsLocked(own);

    internal sealed override bool Owns(Kernel kernel) => Owns(kernel.Source);

    internal sealed override Task<ResolvedKernels> ResolveAsync(
        IEnumerable<KernelEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        ResolveAsync([.. entries.Cast<TEntry>()], context, cancellation);

    internal sealed override async Task<(LockedKernel? Locked, string? Problem)> PinAsync(
        Kernel kernel, CancellationToken cancellation)
    {
        var (pinned, problem) = await PinKernelAsync(kernel, cancellation).ConfigureAwait(false);
        LockedKernel? locked = pinned;
        return (FurtherKeys.Contains(LineName.Key) && locked is not null ? locked with { Line = kernel.Line } : locked,
            problem);
    }

    internal sealed override IEnumerable<(string Key, object? Value)> Write(LockedKernel locked, string directory) =>
        LockKeys.Select(key => key.Name).Zip(Write((TLocked)locked, directory));

    internal sealed override (LockedKernel? Locked, string? Problem) Read(LockedKernelFile entry, string directory) =>
        ReadLocked(entry, directory);

    internal sealed override Task<IReadOnlyList<Kernel>> UnlockAsync(
        IEnumerable<LockedKernel> locked, KernelSourceContext context, CancellationToken cancellation) =>
        UnlockAsync([.. locked.Cast<TLocked>()], context, cancellation);
}
