using Harness.Yaml;

namespace Harness.Probes;

/// <summary>What a probe takes from users: a kind of entry under <c>probes</c> in a matrix, and options.</summary>
public interface IProbeInput
{
    /// <summary>The key that tells its entries from those of other probes. Its value is a text.</summary>
    YamlKey Key { get; }

    /// <summary>Keys that an entry may have beside <see cref="Key"/>. Probes may share one of the same type.</summary>
    IReadOnlyList<YamlKey> FurtherKeys { get; }

    /// <summary>Options of the command line, which take the place of a matrix's entries.</summary>
    IReadOnlyList<ProbeOption> Options { get; }

    /// <summary>Reads an entry of a matrix, which may name several subjects.</summary>
    /// <param name="at">Its place.</param>
    /// <param name="problems">Gets every problem, with its place.</param>
    IReadOnlyList<ProbeSubject> Read(ProbeEntryFile entry, YamlPlace at, List<string> problems);

    /// <summary>Reads the options of the command line.</summary>
    /// <param name="problems">Gets every problem, with its option.</param>
    /// <returns>Empty where no option names a subject.</returns>
    IReadOnlyList<ProbeSubject> Read(ProbeOptionValues options, List<string> problems);
}
