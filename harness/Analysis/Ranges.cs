using Harness.Results;

namespace Harness.Analysis;

/// <summary>Each case's verdicts over the versions that were measured, and never over one that was not.</summary>
public static class Ranges
{
    public static IReadOnlyList<CaseRange> Compute(IReadOnlyList<KernelResult> kernels) =>
    [
        .. kernels.GroupBy(k => k.Arch).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(OfArchitecture)
            .OrderBy(r => r.Case, StringComparer.Ordinal).ThenBy(r => r.Arch, StringComparer.Ordinal),
    ];

    private static IEnumerable<CaseRange> OfArchitecture(IGrouping<string, KernelResult> kernels)
    {
        // A kernel that was not tested to its end still measured the cases that it reported.
        var inOrder = kernels.Where(k => k.Cases.Count > 0).Order(KernelOrder.Instance).ToList();
        var cases = new Dictionary<string, List<(string Version, CaseStatus Status)>>(StringComparer.Ordinal);
        foreach (var kernel in inOrder)
        {
            foreach (var result in kernel.Cases)
            {
                if (!cases.TryGetValue(result.Id, out var measured))
                {
                    cases[result.Id] = measured = [];
                }
                measured.Add((kernel.Version ?? kernel.Id, result.Status));
            }
        }
        return cases.Select(c => new CaseRange(c.Key, kernels.Key, Segments(c.Value)));
    }

    private static List<Segment> Segments(IReadOnlyList<(string Version, CaseStatus Status)> measured)
    {
        var segments = new List<Segment>();
        foreach (var (version, status) in measured)
        {
            if (segments.Count > 0 && segments[^1] is var last && last.Status == status)
            {
                segments[^1] = last with { To = version, Kernels = last.Kernels + 1 };
            }
            else
            {
                segments.Add(new Segment(status, version, version, 1));
            }
        }
        return segments;
    }
}
