using Harness.Kernels;

namespace Harness.Runs;

/// <summary>
/// Divides a matrix's kernels into shares that take about as long. Every machine that resolves the same kernels and
/// reads the same weights comes to the same shares, whatever it remembers itself. Pure.
/// </summary>
public static class Shares
{
    /// <summary>
    /// The heaviest first, each goes to the share that has least so far. Kernels that the same kernel may stand in for
    /// stay together, so that no two shares test one stand-in.
    /// </summary>
    /// <returns>As many shares as asked for, some of them empty where there are too few kernels; each in the matrix's
    /// order.</returns>
    public static IReadOnlyList<IReadOnlyList<PlannedKernel>> Divide(
        IReadOnlyList<PlannedKernel> kernels, KernelWeights weights, int shares)
    {
        var seconds = new double[shares];
        var shareOf = new Dictionary<PlannedKernel, int>(ReferenceEqualityComparer.Instance);
        var groups = Together(kernels).Select(group => (Kernels: group, Seconds: group.Sum(WeightOf)))
            .OrderByDescending(group => group.Seconds)
            .ThenBy(group => group.Kernels[0].Kernel.Id, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var share = Array.IndexOf(seconds, seconds.Min());
            seconds[share] += group.Seconds;
            foreach (var kernel in group.Kernels)
            {
                shareOf[kernel] = share;
            }
        }
        var planned = kernels.Select(k => k.Kernel.Id).ToHashSet(StringComparer.Ordinal);
        var divided = kernels.ToLookup(k => shareOf[k], k => WithoutPlanned(k, planned));
        return [.. Enumerable.Range(0, shares).Select(share => (IReadOnlyList<PlannedKernel>)[.. divided[share]])];

        double WeightOf(PlannedKernel kernel) => weights.SecondsOf(kernel.Kernel.Id);
    }

    /// <summary>A kernel of another share stands in for none of this one, as in a run of all kernels.</summary>
    private static PlannedKernel WithoutPlanned(PlannedKernel kernel, HashSet<string> planned) => kernel with
    {
        StandIns = [.. kernel.StandIns.Where(other => !planned.Contains(other.Id))],
    };

    /// <summary>
    /// Kernels that share stand-ins, over as many others as it takes; each group sorted by id. Those of a lock have no
    /// stand-ins, and may be tens of thousands.
    /// </summary>
    private static IEnumerable<IReadOnlyList<PlannedKernel>> Together(IReadOnlyList<PlannedKernel> kernels)
    {
        var groups = new List<(List<PlannedKernel> Kernels, HashSet<string> StandIns)>();
        foreach (var kernel in kernels.Where(k => k.StandIns.Count > 0)
            .OrderBy(k => k.Kernel.Id, StringComparer.Ordinal))
        {
            var standIns = kernel.StandIns.Select(k => k.Id).ToHashSet(StringComparer.Ordinal);
            var related = groups.Where(g => g.StandIns.Overlaps(standIns)).ToList();
            groups.RemoveAll(related.Contains);
            groups.Add((
                [
                    .. related.SelectMany(g => g.Kernels).Append(kernel)
                        .OrderBy(k => k.Kernel.Id, StringComparer.Ordinal),
                ],
                [.. related.SelectMany(g => g.StandIns), .. standIns]));
        }
        return groups.Select(g => (IReadOnlyList<PlannedKernel>)g.Kernels)
            .Concat(kernels.Where(k => k.StandIns.Count == 0).Select(k => (IReadOnlyList<PlannedKernel>)[k]));
    }
}
