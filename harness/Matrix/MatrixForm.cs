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

    public ProbeList Probes { get; } = probes;

    /// <summary>The keys at the top that sources and probes contribute.</summary>
    public IReadOnlyList<YamlSection> Sections { get; } =
        [.. sources.Settings, .. probes.All.SelectMany(probe => probe.MatrixSections).Distinct()];

    /// <summary>The keys of the file, in the order of the schema.</summary>
    internal YamlForm File { get; } = YamlForm.Of<MatrixFile>(
    [
        .. sources.Settings,
        new YamlKey(MatrixFile.TimeoutKey, typeof(double),
            "Seconds that one VM may take, from launch to power-off. Default: 30 with KVM, 90 without.")
        {
            Rule = new YamlRuleAttribute { Above = 0, Most = MatrixSpec.LongestTimeout },
        },
        new YamlKey(MatrixFile.CpusKey, typeof(int), "CPUs of each VM. Default: 1.")
        {
            Rule = new YamlRuleAttribute { Above = 0, Most = MatrixSpec.MostCpus },
        },
        new YamlKey(MatrixFile.KernelsKey, typeof(List<KernelEntryFile>),
            "The kernels: rules over an archive, and single images.")
        {
            Rule = new YamlRuleAttribute { Required = true, Fewest = 1 },
        },
        new YamlKey(MatrixFile.ProbesKey, typeof(List<ProbeEntryFile>),
            "The probes to ask, and what to ask them about. Default: those whose questions are their own.")
        {
            Rule = new YamlRuleAttribute { Fewest = 1 },
        },
        .. probes.All.SelectMany(probe => probe.MatrixSections).Distinct(),
        new YamlKey(MatrixFile.ExpectationsFileKey, typeof(string), "A file of expectations, relative to this one.")
        {
            Rule = new YamlRuleAttribute { Pattern = YamlRuleAttribute.Path },
        },
        new YamlKey(MatrixFile.ExpectationsKey, typeof(List<ExpectationFile>), ExpectationsFile.Meaning),
    ]) with
    {
        Description = "A matrix: the kernels to test, and what is expected of them.",
    };

    /// <summary>The keys of an entry under <c>kernels</c>.</summary>
    internal YamlForm KernelEntry { get; } = YamlForm.Of<KernelEntryFile>(sources.EntryKeys) with
    {
        Description = sources.EntryDescription,
        Kinds = [.. sources.All.SelectMany(source => source.Kinds)],
    };

    /// <summary>The keys of an entry under <c>probes</c>.</summary>
    internal YamlForm ProbeEntry { get; } = ProbeEntryReader.Form(probes);

    /// <summary>The probes whose questions are their own, by name.</summary>
    internal IReadOnlyList<string> OwnQuestions { get; } =
        [.. probes.All.Where(probe => probe.Input is null).Select(probe => probe.Name)];

    /// <summary>Reads matrices of this form.</summary>
    internal YamlReader Reader => field ??= new YamlReader(MatrixSchema.Name, File, KernelEntry, ProbeEntry);

    internal ProbeEntryReader ProbeEntries(ExpectationReader expectations) => new(Probes, expectations);

    /// <summary>The steps at which a kernel may refuse, of all probes, in their order.</summary>
    internal IReadOnlyList<string> Steps { get; } =
        [.. probes.All.SelectMany(probe => probe.Steps).Distinct(), Probe.CrashStep];
}
