using System.Text.RegularExpressions;
using Harness.Kernels.Archives;
using Harness.Kernels.Images;
using Harness.Machines;
using Harness.Yaml;

namespace Harness.Kernels.Oci;

/// <summary>Images of containers as a source of kernels.</summary>
public sealed partial class OciKernelSource()
    : TypedKernelSource<OciFile, OciEntry, LockedOci>("oci", "A kernel in an image of containers.")
{
    public override string EntryInWords => "an image of containers";

    public override IReadOnlyList<YamlKey> FurtherKeys { get; } = [.. ImageNames.Keys, LineName.Key];

    public override IReadOnlyList<YamlKey> LockKeys { get; } = [new("oci", typeof(LockedOciFile), "The image.")];

    public override IEnumerable<SourceCheck> CheckInstallation() =>
        [ProgramCheck.Of("images of containers", "skopeo", "bsdtar")];

    protected override OciEntry? Read(OciFile text, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        var before = problems.Count;
        var rule = at[Key.Name];
        if (text.Image is null)
        {
            problems.Add($"{rule["image"]}: image is missing, such as docker://host/name:tag");
            return null;
        }
        var reference = OciReference.Read(text.Image, rule["image"], at, problems);
        var policy = KeyringFile.Read("policy", text.Policy, rule, at, problems);
        var machine = text.Arch is null ? MachineList.Default : MachineList.Find(text.Arch);
        if (machine is null)
        {
            problems.Add($"{rule["arch"]}: no machine is known for '{text.Arch}'; known are "
                + string.Join(", ", MachineList.All.Select(known => known.Name)));
        }
        var path = ReadPath(text.Path, rule, problems);
        var named = reference is null ? null
            : ImageNames.Read(reference.Name, Key.Name, entry, at, problems);
        return problems.Count > before || named is not var (id, version) ? null : new OciEntry(
            at.ToString(), id, version, new OciPlace(reference!, path, policy, machine!.Name));
    }

    protected override Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<OciEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult(new ResolvedKernels(
            [
                .. entries.Select(entry => new PlannedKernel(
                    ToKernel(entry.Id, entry.Version, entry.Place, context) with { Line = entry.Line })),
            ],
            []));

    protected override bool Owns(IImageSource images) => images is OciImage;

    protected override async Task<(LockedOci? Locked, string? Problem)> PinKernelAsync(
        Kernel kernel, CancellationToken cancellation)
    {
        var image = (OciImage)kernel.Source;
        var result = await image.AcquireAsync(new Progress<long>(), cancellation).ConfigureAwait(false);
        return result is ImageResult.Available
            ? (new LockedOci(kernel.Id, kernel.Version, image.Place with { Digest = image.Digest }), null)
            : (null, result.Problem);
    }

    protected override IEnumerable<object?> Write(LockedOci locked, string directory) =>
    [
        new LockedOciFile
        {
            Image = locked.Place.Reference.Text,
            Digest = locked.Place.Digest,
            Path = locked.Place.Path?.Pattern,
            Policy = locked.Place.Policy is { } policy ? System.IO.Path.GetRelativePath(directory, policy) : null,
        },
    ];

    protected override (LockedOci? Locked, string? Problem) ReadLocked(LockedKernelFile entry, string directory)
    {
        var text = entry.Get<LockedOciFile>(Key.Name)!;
        try
        {
            return text.Image is { } image && text.Digest is { } digest && DigestOnly().IsMatch(digest)
                ? (new LockedOci(entry.Id!, entry.Version, new OciPlace(
                    new OciReference(image), text.Path is { } path ? new Glob(path) : null,
                    text.Policy is { } policy ? System.IO.Path.GetFullPath(policy, directory) : null, entry.Arch)
                {
                    Digest = digest,
                }), null)
                : (null, "oci needs image and digest");
        }
        catch (FormatException e)
        {
            return (null, e.Message);
        }
    }

    protected override Task<IReadOnlyList<Kernel>> UnlockAsync(
        IReadOnlyList<LockedOci> locked, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Kernel>>(
            [.. locked.Select(pinned => ToKernel(pinned.Id, pinned.Version, pinned.Place, context))]);

    private static Kernel ToKernel(
        string id, KernelVersion? version, OciPlace place, KernelSourceContext context) =>
        new(id, version, place.Arch, $"oci {place.Reference.Text}", new OciImage(place, context.Cache), ByName: true);

    private static Glob? ReadPath(string? path, YamlPlace rule, List<string> problems)
    {
        try
        {
            return path is null ? null : new Glob(path);
        }
        catch (FormatException e)
        {
            problems.Add($"{rule["path"]}: {e.Message}");
            return null;
        }
    }

    [GeneratedRegex("^sha256:[0-9a-f]{64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DigestOnly();
}
