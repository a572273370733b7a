using Harness.Probes;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Compares a run with an older one: what changed, for kernels of the same id. Reasons are left out, since they contain
/// times and addresses; so are expectations, which are no measurement. Where a run could not look for the kernels of a
/// source, none of that source's came or went. It only computes.
/// </summary>
public static class RunDiff
{
    /// <param name="placeOf">
    /// What a kernel of this id is a point release of; <c>null</c> for a kernel that is none.
    /// </param>
    /// <param name="probes">They name the builds of their programs.</param>
    public static RunChanges Of(
        RunDocument older, RunDocument newer, Func<string, KernelPlace?> placeOf, ProbeList probes)
    {
        var before = older.Kernels.ToDictionary(k => k.Id, StringComparer.Ordinal);
        var after = newer.Kernels.ToDictionary(k => k.Id, StringComparer.Ordinal);
        var pairs = newer.Kernels.Where(k => before.ContainsKey(k.Id)).Order(KernelOrder.Instance)
            .Select(k => new KernelPair(before[k.Id], k)).ToList();
        var unread = new UnreadSources(older, newer);
        var went = older.Kernels.Where(k => !after.ContainsKey(k.Id) && !unread.Concern(k))
            .Order(KernelOrder.Instance).ToList();
        var came = newer.Kernels.Where(k => !before.ContainsKey(k.Id) && !unread.Concern(k))
            .Order(KernelOrder.Instance).ToList();
        return new RunChanges(
            new ComparedRun(older.Run.Id, older.Run.StartedAt),
            new ComparedRun(newer.Run.Id, newer.Run.StartedAt),
            pairs.Count,
            pairs.Sum(p => p.InBoth),
            [.. unread.Notes(), .. new RunDifferences(probes).Of(older.Run, newer.Run, pairs)],
            [
                .. went.Select(k => new KernelChange(KernelChangeKind.Went, k.Id, k.Version, End(k), null)),
                .. came.Select(k => new KernelChange(KernelChangeKind.Came, k.Id, k.Version, null, End(k))),
                .. pairs.Where(p => p.Older.Status != p.Newer.Status)
                    .Select(p => new KernelChange(Kind(p.Older.Status, p.Newer.Status), p.Newer.Id,
                        p.Newer.Version ?? p.Older.Version, End(p.Older), End(p.Newer)))
                    .OrderBy(c => c.Change),
            ],
            [.. Replacements(went, came, placeOf)],
            Fold(pairs))
        {
            Complaints = ComplaintDiff.Of(pairs),
        };
    }

    private static KernelChangeKind Kind(KernelStatus before, KernelStatus after) =>
        before == KernelStatus.Tested ? KernelChangeKind.NewlyUntestable
        : after == KernelStatus.Tested ? KernelChangeKind.NewlyTestable
        : KernelChangeKind.OtherStatus;

    private static KernelEnd End(KernelResult kernel) => new(kernel.Status, kernel.Reason);

    /// <summary>A change that is the same on several kernels is one entry.</summary>
    private static IReadOnlyList<CaseChange> Fold(IReadOnlyList<KernelPair> pairs) =>
    [
        .. pairs.SelectMany(p => p.Changes())
            .GroupBy(c => (c.Change, c.Case, c.From, c.To))
            .Select(g => new CaseChange(
                g.Key.Change, g.Key.Case, [.. g.SelectMany(c => c.Kernels)], g.Key.From, g.Key.To))
            .OrderBy(c => c.Change).ThenBy(c => c.Case, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Kernels of the same series and place that went and came, paired in the order of their point releases. Where the
    /// numbers differ, it is not known which kernel took which one's place, so there is no pair.
    /// </summary>
    private static IEnumerable<KernelReplacement> Replacements(
        IReadOnlyList<KernelResult> went, IReadOnlyList<KernelResult> came, Func<string, KernelPlace?> placeOf)
    {
        var arrivals = came.ToLookup(Place);
        foreach (var place in went.GroupBy(Place).Where(g => g.Key is not null && g.Count() == arrivals[g.Key].Count()))
        {
            foreach (var (older, newer) in InOrder(place).Zip(InOrder(arrivals[place.Key])))
            {
                var pair = new KernelPair(older, newer);
                yield return new KernelReplacement(older.Id, newer.Id, pair.InBoth, Fold([pair]));
            }
        }

        // Documents that are older than lines say none: there, the id does.
        (Lineage Lineage, string Series, string Name)? Place(KernelResult kernel) => placeOf(kernel.Id) is { } place
            ? (kernel.Lineage with { Line = kernel.Line ?? place.Line }, Histories.SeriesOf(kernel), place.Name) : null;

        IEnumerable<KernelResult> InOrder(IEnumerable<KernelResult> kernels) =>
            kernels.OrderBy(k => placeOf(k.Id)!.Order);
    }
}
