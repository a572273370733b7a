using Harness.Kernels;
using Harness.Machines;
using Harness.Yaml;

namespace Harness.Toys;

/// <summary>A source of kernels with a key of its own: <c>toy: {file: PATH, version: 6.1.192}</c>.</summary>
public sealed class ToyKernelSource() : TypedKernelSource<ToyKernelFile, ToyEntry, LockedToy>("toy", "A toy kernel.")
{
    public override string EntryInWords => "a toy";

    public override IReadOnlyList<YamlKey> LockKeys => [new("toy_file", typeof(string), "The image's path.")];

    protected override ToyEntry? Read(ToyKernelFile text, KernelEntryFile entry, YamlPlace at, List<string> problems)
    {
        if (text.File is { } file && KernelVersion.TryParse(text.Version?.Text) is { } version)
        {
            return new ToyEntry(at.ToString(), at.Resolve(file), version);
        }
        problems.Add($"{at[Key.Name]}: a toy has a file and a version");
        return null;
    }

    protected override Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<ToyEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult(new ResolvedKernels(
            [.. entries.Select(e => new PlannedKernel(Kernel(e.Id, e.Version, e.Image)))],
            ["a note of the toy source"]));

    protected override bool Owns(IImageSource images) => images is ToyImage;

    protected override Task<(LockedToy? Locked, string? Problem)> PinKernelAsync(
        Kernel kernel, CancellationToken cancellation) => Task.FromResult<(LockedToy?, string?)>(
            (new LockedToy(kernel.Id, kernel.Version!, kernel.Arch, ((ToyImage)kernel.Source).Path), null));

    protected override IEnumerable<object?> Write(LockedToy locked, string directory) => [locked.Image];

    protected override (LockedToy? Locked, string? Problem) ReadLocked(LockedKernelFile entry, string directory) =>
        (new LockedToy(entry.Id!, entry.Version!, entry.Arch!, entry.Get<string>("toy_file")!), null);

    protected override Task<IReadOnlyList<Kernel>> UnlockAsync(
        IReadOnlyList<LockedToy> locked, KernelSourceContext context, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Kernel>>([.. locked.Select(l => Kernel(l.Id, l.Version!, l.Image))]);

    private static Kernel Kernel(string id, KernelVersion version, string image) =>
        new(id, version, MachineList.Default.Name, $"toy {version}", new ToyImage(image), ByName: true);
}
