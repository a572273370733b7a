using Harness.Ktap;

namespace Harness.Probes.InnerMaps;

/// <summary>
/// What was said about a case: by a program that read a wrong value, by the verifier that refused it, by the kernel
/// about a map that it did not make, and by the prober where libbpf asked for another map than was declared. Since
/// Linux 7.2 <c>BPF_MAP_CREATE</c> takes a log (<c>map_create()</c> in kernel/bpf/syscall.c). The prober asks for it,
/// and hands it on as a text of the case.
/// </summary>
internal static class KernelWords
{
    /// <summary>The names of these texts (bpf/inner-maps/README.md).</summary>
    private static readonly string[] _texts = ["asked", "kernel", "value", "verifier"];

    /// <summary>The cases, those with such a text with it as their evidence.</summary>
    public static IReadOnlyList<ProbedCase> Interpret(ProbeReport report)
    {
        var words = report.Texts.Where(t => _texts.Contains(t.Name)).DistinctBy(t => t.Case)
            .ToDictionary(t => t.Case, t => t.Text.TrimEnd(), StringComparer.Ordinal);
        return words.Count == 0
            ? report.Cases
            : [.. report.Cases.Select(c => words.TryGetValue(c.Id, out var said) ? c with { Evidence = said } : c)];
    }
}
