using Harness.Yaml;

namespace Harness.Kernels.Images;

/// <summary>Kernel images on this machine as a source of kernels.</summary>
public sealed class ImageKernelSource()
    : TypedKernelSource<string, ImageEntry, LockedImage>(
        "image", "A kernel image (bzImage or vmlinux), relative to this file.")
{
    private const string Name = "name";
    private const string Version = "version";

    public override string EntryInWords => "one local image";

    public override IReadOnlyList<YamlKey> FurtherKeys { get; } =
    [
        new(Name, typeof(string), "The image's id in results; default: its file name."),
        new(Version, typeof(string),
            "The image's upstream version, such as 6.1.192; default: what it says when it has booted."),
    ];

    public override IReadOnlyList<YamlKey> LockKeys { get; } =
    [
        new("path", typeof(string), "The image, relative to the lock."),
        new("sha256", typeof(string), "Of the image, lower-case hex."),
    ];

    protected override ImageEntry? Read(string text, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var (name, version) = (entry.Get<string>(Name), entry.Get<string>(Version));
        if (version is not null && KernelVersion.TryParse(version) is null)
        {
            problems.Add($"{at[Version]}: '{version}' is not a kernel version, such as 6.1.192");
            return null;
        }
        var id = name ?? Path.GetFileName(text);
        if (KernelIds.Problem(id) is { } problem)
        {
            problems.Add($"{at[name is null ? Key.Name : Name]}: {problem}");
            return null;
        }
        return new ImageEntry(at.ToString(), id, at.Resolve(text), KernelVersion.TryParse(version));
    }

    protected override Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<ImageEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult(new ResolvedKernels(
            [.. entries.Select(entry => new PlannedKernel(LocalImage.ToKernel(entry.Id, entry.File, entry.Version)))],
            []));

    protected override bool Owns(IImageSource images) => images is LocalImage or ImageAtHand;

    protected override async Task<(LockedImage? Locked, string? Problem)> PinKernelAsync(
        Kernel kernel, CancellationToken cancellation)
    {
        var result = await kernel.Source.AcquireAsync(new Progress<long>(), cancellation).ConfigureAwait(false);
        return result is ImageResult.Available { Image: var image }
            ? (new LockedImage(
                kernel.Id, kernel.Version, kernel.Arch, Path.GetFullPath(image.Path), image.Sha256), null)
            : (null, result.Problem);
    }

    protected override IEnumerable<object?> Write(LockedImage locked, string directory) =>
        [Path.GetRelativePath(directory, locked.Path), locked.Sha256];

    protected override (LockedImage? Locked, string? Problem) ReadLocked(LockedKernelFile entry, string directory) =>
        entry.Get<string>("sha256") is { } sha256 && Hashes.IsSha256(sha256)
            ? (new LockedImage(
                entry.Id!, entry.Version, entry.Arch, Path.GetFullPath(entry.Get<string>("path")!, directory), sha256),
                null)
            : (null, "sha256 is not 64 hexadecimal digits");

    protected override Task<IReadOnlyList<Kernel>> UnlockAsync(
        IReadOnlyList<LockedImage> locked, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Kernel>>(
            [.. locked.Select(pinned => LocalImage.ToKernel(pinned.Id, pinned.Path, pinned.Version, pinned.Sha256))]);
}
