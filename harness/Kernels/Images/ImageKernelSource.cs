using System.Text.RegularExpressions;
using Harness.Yaml;

namespace Harness.Kernels.Images;

/// <summary>Kernel images on this machine as a source of kernels.</summary>
public sealed partial class ImageKernelSource()
    : TypedKernelSource<string, ImageEntry, LockedImage>(
        new YamlKey("image", typeof(string), "A kernel image (bzImage or vmlinux), relative to this file.")
        {
            Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.Path },
        })
{
    private const string Name = "name";
    private const string Version = "version";

    /// <summary>What may follow the version is the distribution's: <c>6.1.192-2</c>.</summary>
    private const string StartsWithVersion = "^v?(?:[0-9]{1,9}$|[0-9]{1,9}[.][0-9]{1,9}(?![0-9]))";

    public override string EntryInWords => "one local image";

    public override IReadOnlyList<YamlKey> FurtherKeys { get; } =
    [
        new(Name, typeof(string), "The image's id in results; default: its file name.")
        {
            Rule = new YamlRuleAttribute { Pattern = KernelIds.Pattern },
        },
        new(Version, typeof(VersionText),
            "The image's upstream version, such as 6.1.192; default: what it says when it has booted.")
        {
            Rule = new YamlRuleAttribute { Pattern = StartsWithVersion },
        },
    ];

    /// <summary>An image that has no name is named after its file.</summary>
    public override IReadOnlyList<YamlKindAttribute> Kinds { get; } =
    [
        new YamlKindAttribute("image", Name) { Optional = [Version] },
        new YamlKindAttribute("image") { Optional = [Version], Pattern = KernelIds.PathPattern },
    ];

    public override IReadOnlyList<YamlKey> LockKeys { get; } =
    [
        new("path", typeof(string), "The image, relative to the lock."),
        new("sha256", typeof(string), "Of the image, lower-case hex."),
    ];

    protected override ImageEntry? Read(string text, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var (name, version) = (entry.Get<string>(Name), entry.Get<VersionText>(Version)?.Text);
        if (version is not null && !VersionCondition.IsMajor(version) && !VersionStart().IsMatch(version))
        {
            problems.Add($"{at[Version]}: '{version}' is not a kernel version, such as 6.1.192");
            return null;
        }
        if (!YamlRuleAttribute.IsPath(text))
        {
            problems.Add($"{at[Key.Name]}: '{text.Replace("\0", "\\0", StringComparison.Ordinal)}' is no path");
            return null;
        }
        var id = name ?? Path.GetFileName(text);
        if (KernelIds.Problem(id) is { } problem)
        {
            problems.Add($"{at[name is null ? Key.Name : Name]}: {problem}");
            return null;
        }
        var upstream = version is null ? null
            : VersionCondition.IsMajor(version) ? VersionCondition.Read(version)
            : KernelVersion.TryParse(version);
        return new ImageEntry(at.ToString(), id, at.Resolve(text), upstream);
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

    [GeneratedRegex("^v?[0-9]{1,9}[.][0-9]{1,9}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex VersionStart();
}
