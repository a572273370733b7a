using Harness.Kernels.Packages;
using Harness.Yaml;

namespace Harness.Kernels.Apt;

/// <summary>Any apt repository as a source of kernels.</summary>
public sealed class AptKernelSource()
    : ArchiveKernelSource<AptFile, AptEntry>("apt", "Kernels of any apt repository, chosen by rule or by version.")
{
    public override string EntryInWords => "a rule over an apt repository";

    public override IReadOnlyList<string> Programs { get; } = ["gpgv", "xz", "dpkg-deb"];

    protected override AptEntry? Read(AptFile text, KernelEntryFile entry, YamlPlace at, List<string> problems) =>
        AptEntryReader.Read(text, at, problems);

    protected override async Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<AptEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        ResolvedKernels.Merge(await Task.WhenAll(
            entries.Select(entry => new AptRepository(Key.Name, entry.Rule, context)
                .ResolveAsync(kernel => ToKernel(kernel, context), cancellation))).ConfigureAwait(false));
}
