using Harness.Kernels;
using Harness.Probes;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>What a matrix may say: its own keys, and those of the sources of kernels and of the probes.</summary>
/// <param name="sources">Where kernels can come from.</param>
/// <param name="probes">The probes that can be asked.</param>
public sealed class MatrixForm(KernelSources sources, ProbeList probes)
{
    public KernelSources Sources { get; } = sources;

    /// <summary>Lines of .config that a kernel which is built must have for the probes, each once.</summary>
    public IReadOnlyList<string> KernelOptions { get; } =
        [.. probes.All.SelectMany(probe => probe.KernelOptions).Distinct()];

    /// <summary>The keys at the top that sources and probes contribute.</summary>
    public IReadOnlyList<YamlSection> Sections { get; } =
        [.. sources.Settings, .. probes.All.SelectMany(probe => probe.MatrixSections)];

    /// <summary>The keys of the file, in the order of the schema.</summary>
    internal YamlForm File { get; } = YamlForm.Of<MatrixFile>(
    [
        .. sources.Settings,
        new YamlKey(MatrixFile.TimeoutKey, typeof(double),
            "Seconds that one VM may take, from launch to power-off. Default: 30 with KVM, 90 without."),
        new YamlKey(MatrixFile.KernelsKey, typeof(List<KernelEntryFile>),
            "The kernels: rules over an archive, and single images."),
        .. probes.All.SelectMany(probe => probe.MatrixSections),
        new YamlKey(MatrixFile.ExpectationsFileKey, typeof(string), "A file of expectations, relative to this one."),
        new YamlKey(MatrixFile.ExpectationsKey, typeof(List<ExpectationFile>),
            "Expectations; of several that match a case on a kernel, the first counts."
            + " A case that none foresees to fail or to be skipped is expected to pass."),
    ]);

    /// <summary>The keys of an entry under <c>kernels</c>.</summary>
    internal YamlForm KernelEntry { get; } = YamlForm.Of<KernelEntryFile>(sources.EntryKeys);
}
