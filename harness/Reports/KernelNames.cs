using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>Names kernels for people: by version where that tells them apart, in spans where they are neighbours.</summary>
internal sealed class KernelNames
{
    private const int SpanFrom = 3;

    private readonly List<KernelResult> _measured;
    private readonly HashSet<string> _ambiguous;

    public KernelNames(RunDocument document)
    {
        _measured = [.. document.Kernels.Where(k => k.Cases.Count > 0).OrderBy(k => k.Arch, StringComparer.Ordinal).ThenBy(k => k, KernelOrder.Instance)];
        _ambiguous = [.. document.Kernels.Where(k => k.Version is not null).GroupBy(k => k.Version!).Where(g => g.Count() > 1).Select(g => g.Key)];
    }

    public string Of(TransitionEnd end) => Of(end.Kernel, end.Version);

    private string Of(string id, string? version) => version is null || _ambiguous.Contains(version) ? id : version;

    /// <summary>"6.1.170, 6.1.192", "5.10.218 – 7.0.13 (16 kernels)": a span leaves out no kernel that was measured.</summary>
    public string Of(IReadOnlySet<string> ids)
    {
        var spans = new List<List<KernelResult>>();
        KernelResult? previous = null;
        foreach (var kernel in _measured)
        {
            if (ids.Contains(kernel.Id))
            {
                if (previous is null || !ids.Contains(previous.Id) || previous.Arch != kernel.Arch)
                {
                    spans.Add([]);
                }
                spans[^1].Add(kernel);
            }
            previous = kernel;
        }
        return string.Join(", ", spans.Select(InWords));
    }

    private string InWords(List<KernelResult> span) => span.Count < SpanFrom
        ? string.Join(", ", span.Select(k => Of(k.Id, k.Version)))
        : $"{Of(span[0].Id, span[0].Version)} – {Of(span[^1].Id, span[^1].Version)} ({Words.Count(span.Count, "kernel")})";
}
