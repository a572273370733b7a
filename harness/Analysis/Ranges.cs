using Harness.Results;

namespace Harness.Analysis;

/// <summary>Each case's verdicts over the versions that were measured, and never over one that was not.</summary>
public static class Ranges
{
    public static IReadOnlyList<CaseRange> Compute(IReadOnlyList<KernelResult> kernels) =>
    [
        .. kernels.GroupBy(k => k.Lineage).SelectMany(OfLineage)
            .OrderBy(r => r.Case, StringComparer.Ordinal).ThenBy(r => r.Lineage, Lineage.Order),
    ];

    private static IEnumerable<CaseRange> OfLineage(IGrouping<Lineage, KernelResult> kernels)
    {
        var cases = new Dictionary<string, History>(StringComparer.Ordinal);
        var names = KernelNames.ById(kernels);
        var gaps = 0;
        foreach (var kernel in kernels.Order(KernelOrder.Instance))
        {
            gaps += IsGap(kernel) ? 1 : 0;
            var name = names[kernel.Id];
            // A kernel that was not tested to its end still measured the cases that it reported.
            foreach (var result in kernel.Cases)
            {
                if (!cases.TryGetValue(result.Id, out var history))
                {
                    cases[result.Id] = history = new History();
                }
                history.Add(name, result.Status, gaps);
            }
        }
        return cases.Select(c => new CaseRange(c.Key, kernels.Key.Arch, c.Value.Segments)
        {
            Line = kernels.Key.Line,
        });
    }

    /// <summary>
    /// No range goes on across this kernel: it was to be tested and measured nothing, for instance because it did not
    /// boot. One that a rule chose, and that the archive does not serve, counts for nothing.
    /// </summary>
    public static bool IsGap(KernelResult kernel) => kernel is { Cases.Count: 0, Status: not KernelStatus.Tested }
        and not { Status: KernelStatus.Unavailable, AsExpected: true };

    /// <summary>What the kernels answered to one case, told in their order.</summary>
    private sealed class History
    {
        private readonly List<Segment> _segments = [];
        private int _gaps;

        public IReadOnlyList<Segment> Segments => _segments;

        /// <param name="gaps">How many kernels before this one measured nothing.</param>
        public void Add(string name, CaseStatus status, int gaps)
        {
            if (_segments.Count > 0 && _segments[^1] is var last && last.Status == status && gaps == _gaps)
            {
                _segments[^1] = last with { To = name, Kernels = last.Kernels + 1 };
            }
            else
            {
                _segments.Add(new Segment(status, name, name, 1));
            }
            _gaps = gaps;
        }
    }
}
