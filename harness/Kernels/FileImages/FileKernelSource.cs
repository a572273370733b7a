using Harness.Kernels.Archives;
using Harness.Kernels.Images;
using Harness.Machines;
using Harness.Yaml;

namespace Harness.Kernels.FileImages;

/// <summary>Files with kernels as a source: packages, and images, on this machine or elsewhere.</summary>
public sealed class FileKernelSource()
    : TypedKernelSource<string, FileEntry, LockedFile>(
        new YamlKey("file", typeof(string),
            "A .deb, .rpm, .tar.* or kernel image: its path relative to this file, or its address, beside its sha256.")
        {
            Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.Path },
        })
{
    public override string EntryInWords => "a file with a kernel";

    public override IReadOnlyList<YamlKey> FurtherKeys { get; } = [.. ImageNames.Keys, LineName.Key, FileText.HashKey];

    /// <summary>A file that has no name is named after itself.</summary>
    public override IReadOnlyList<YamlKindAttribute> Kinds { get; } =
    [
        new YamlKindAttribute("file", ImageNames.Name)
        {
            Optional = [ImageNames.Version, LineName.Name, FileText.Sha256],
        },
        new YamlKindAttribute("file")
        {
            Optional = [ImageNames.Version, LineName.Name, FileText.Sha256], Pattern = KernelIds.PathPattern,
        },
    ];

    public override IReadOnlyList<YamlKey> LockKeys { get; } =
        [new("file", typeof(LockedFileText), "The file.")];

    public override IEnumerable<SourceCheck> CheckInstallation() => [ProgramCheck.Of("files with kernels", "bsdtar")];

    /// <summary>The kernel of a file.</summary>
    internal static Kernel ToKernel(FileEntry entry, KernelSourceContext context, string? arch = null)
    {
        var path = entry.Place.IsFile ? entry.Place.LocalPath : null;
        var machine = (arch is null ? null : MachineList.Find(arch))
            ?? (path is null ? null : MachineList.OfImage(path)) ?? MachineList.Default;
        var client = new ArchiveClient(context.Http, new ArchiveOptions(), context.Clock);
        var cached = entry.Sha256 is { } sha256 ? context.Cache.Find(sha256)?.Path : null;
        var version = entry.Version ?? ((cached ?? path) is { } known ? machine.Images.Version(known) : null);
        return new Kernel(entry.Id, version, arch ?? machine.Name,
            $"file {Path.GetFileName(entry.Place.LocalPath)}",
            new FileImage(entry.Place, entry.Sha256, arch ?? machine.Name, client, context.Cache), ByName: true)
        {
            Line = entry.Line,
        };
    }

    protected override FileEntry? Read(string text, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var sha256 = entry.Get<string>(FileText.Sha256);
        var place = FileText.Read(text, Key.Name, sha256, at, problems);
        return ImageNames.Read(text, Key.Name, entry, at, problems) is var (id, version) && place is not null
            ? new FileEntry(at.ToString(), id, place, sha256, version) : null;
    }

    protected override Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<FileEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult(new ResolvedKernels(
            [.. entries.Select(entry => new PlannedKernel(ToKernel(entry, context)))], []));

    protected override bool Owns(IImageSource images) => images is FileImage;

    protected override async Task<(LockedFile? Locked, string? Problem)> PinKernelAsync(
        Kernel kernel, CancellationToken cancellation)
    {
        var file = (FileImage)kernel.Source;
        var result = await file.AcquireAsync(new Progress<long>(), cancellation).ConfigureAwait(false);
        return result is ImageResult.Available
            ? (new LockedFile(kernel.Id, kernel.Version, kernel.Arch, file.Place,
                await file.HashAsync(cancellation).ConfigureAwait(false)), null)
            : (null, result.Problem);
    }

    protected override IEnumerable<object?> Write(LockedFile locked, string directory) =>
        [LockedFileText.Of(locked, directory)];

    protected override (LockedFile? Locked, string? Problem) ReadLocked(LockedKernelFile entry, string directory)
    {
        var text = entry.Get<LockedFileText>(Key.Name)!;
        return text.Place(directory) is { } place && Hashes.IsSha256(text.Sha256)
            ? (new LockedFile(entry.Id!, entry.Version, entry.Arch, place, text.Sha256!), null)
            : (null, "file needs path or uri, and sha256");
    }

    protected override Task<IReadOnlyList<Kernel>> UnlockAsync(
        IReadOnlyList<LockedFile> locked, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Kernel>>(
        [
            .. locked.Select(l => ToKernel(new FileEntry(l.At, l.Id, l.Place, l.Sha256, l.Version), context, l.Arch)),
        ]);
}
