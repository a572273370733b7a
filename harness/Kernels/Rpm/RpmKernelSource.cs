using Harness.Kernels.Packages;
using Harness.Yaml;

namespace Harness.Kernels.Rpm;

/// <summary>Any rpm repository as a source of kernels.</summary>
public sealed class RpmKernelSource()
    : ArchiveKernelSource<RpmFile, RpmEntry>("rpm", "Kernels of an rpm repository, chosen by rule or by version.")
{
    public override string EntryInWords => "a rule over an rpm repository";

    public override IEnumerable<SourceCheck> CheckInstallation() =>
        [ProgramCheck.Of("rpm repositories", "bsdtar", "rpmkeys")];

    protected override RpmEntry? Read(RpmFile text, KernelEntryFile entry, YamlPlace at, List<string> problems) =>
        RpmEntryReader.Read(text, at, problems);

    protected override async Task<ResolvedKernels> ResolveAsync(
        IReadOnlyList<RpmEntry> entries, KernelSourceContext context, CancellationToken cancellation) =>
        ResolvedKernels.Merge(await Task.WhenAll(
            entries.Select(entry => new RpmRepository(Key.Name, entry.Rule, context)
                .ResolveAsync(kernel => ToKernel(kernel, context), cancellation))).ConfigureAwait(false));

    protected override Task<string?> CheckAsync(string path, string keyring, CancellationToken cancellation) =>
        RpmSignature.CheckAsync(path, keyring, cancellation);
}
