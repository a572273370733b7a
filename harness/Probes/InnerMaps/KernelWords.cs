using Harness.Ktap;

namespace Harness.Probes.InnerMaps;

/// <summary>
/// What a kernel said about a map that it did not make: since Linux 7.2 <c>BPF_MAP_CREATE</c> takes a log
/// (<c>map_create()</c> in kernel/bpf/syscall.c). The prober asks for it, and hands it on as a text of the case.
/// </summary>
internal static class KernelWords
{
    /// <summary>The name of that text (bpf/inner-maps/README.md).</summary>
    private const string Text = "kernel";

    /// <summary>The cases, those with such a text with it as their evidence.</summary>
    public static IReadOnlyList<ProbedCase> Interpret(ProbeReport report)
    {
        var words = report.Texts.Where(t => t.Name == Text).DistinctBy(t => t.Case)
            .ToDictionary(t => t.Case, t => t.Text.TrimEnd(), StringComparer.Ordinal);
        return words.Count == 0
            ? report.Cases
            : [.. report.Cases.Select(c => words.TryGetValue(c.Id, out var said) ? c with { Evidence = said } : c)];
    }
}
