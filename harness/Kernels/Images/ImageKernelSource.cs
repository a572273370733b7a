using Harness.Kernels.Archives;
using Harness.Kernels.FileImages;
using Harness.Yaml;

namespace Harness.Kernels.Images;

/// <summary>Kernel images on this machine as a source of kernels.</summary>
public sealed class ImageKernelSource()
    : TypedKernelSource<string, ImageEntry, LockedImage>(
        new YamlKey("image", typeof(string),
            "A kernel image (bzImage or vmlinux), relative to this file; or what `file` takes.")
        {
            Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.Path },
        })
{
    public override string EntryInWords => "one kernel image, or a package that has one";

    public override IReadOnlyList<YamlKey> FurtherKeys { get; } = [.. ImageNames.Keys, LineName.Key, FileText.HashKey];

    /// <summary>An image that has no name is named after its file.</summary>
    public override IReadOnlyList<YamlKindAttribute> Kinds { get; } =
    [
        new YamlKindAttribute("image", ImageNames.Name)
        {
            Optional = [ImageNames.Version, LineName.Name, FileText.Sha256],
        },
        new YamlKindAttribute("image")
        {
            Optional = [ImageNames.Version, LineName.Name, FileText.Sha256], Pattern = KernelIds.PathPattern,
        },
    ];

    public override IReadOnlyList<YamlKey> LockKeys { get; } =
    [
        new("path", typeof(string), "The image, relative to the lock."),
        new("sha256", typeof(string), "Of the image, lower-case hex."),
    ];

    protected override ImageEntry? Read(string text, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var sha256 = entry.Get<string>(FileText.Sha256);
        var place = FileText.Read(text, Key.Name, sha256, at, problems);
        if (ImageNames.Read(text, Key.Name, entry, at, problems) is not var (id, version) || place is null)
        {
            return null;
        }
        var file = FileText.IsFile(text, sha256) ? new FileEntry(at.ToString(), id, place, sha256, version) : null;
        return new ImageEntry(at.ToString(), id, place.LocalPath, version) { File = file };
    }

    protected override Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<ImageEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult(new ResolvedKernels(
            [
                .. entries.Select(entry => new PlannedKernel((entry.File is { } file
                    ? FileKernelSource.ToKernel(file, context)
                    : LocalImage.ToKernel(entry.Id, entry.Path, entry.Version)) with { Line = entry.Line })),
            ],
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
            [.. locked.Select(pinned => LocalImage.ToKernel(
                pinned.Id, pinned.Path, pinned.Version, pinned.Sha256, pinned.Arch))]);
}
