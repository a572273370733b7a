using Harness.Kernels;
using Harness.Yaml;

namespace Harness.Matrix;

/// <summary>What a matrix may say: its own keys, and those of the sources of kernels and of the probes.</summary>
/// <param name="sources">Where kernels can come from.</param>
/// <param name="sections">Keys at the top that probes contribute.</param>
public sealed class MatrixForm(KernelSources sources, IReadOnlyList<YamlSection> sections)
{
    public KernelSources Sources { get; } = sources;

    /// <summary>The keys at the top that sources and probes contribute.</summary>
    public IReadOnlyList<YamlSection> Sections { get; } = [.. sources.Settings, .. sections];

    /// <summary>The keys of the file, in the order of the schema.</summary>
    internal YamlForm File { get; } = YamlForm.Of<MatrixFile>(
    [
        .. sources.Settings,
        new YamlKey(MatrixFile.TimeoutKey, typeof(double),
            "Seconds that one VM may take, from launch to power-off. Default: 30 with KVM, 90 without."),
        new YamlKey(MatrixFile.KernelsKey, typeof(List<KernelEntryFile>),
            "The kernels: rules over an archive, and single images."),
        .. sections,
        new YamlKey(MatrixFile.ExpectationsFileKey, typeof(string), "A file of expectations, relative to this one."),
        new YamlKey(MatrixFile.ExpectationsKey, typeof(List<ExpectationFile>),
            "Expectations; of several that match a case on a kernel, the first counts."
            + " A case that none foresees to fail or to be skipped is expected to pass."),
    ]);

    /// <summary>The keys of an entry under <c>kernels</c>.</summary>
    internal YamlForm KernelEntry { get; } = YamlForm.Of<KernelEntryFile>(sources.EntryKeys);
}
