using Harness.Kernels.Debian;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>
/// Holds a run against an older one: what changed, for kernels of the same id. Reasons are left out, as they tell times
/// and addresses; so are expectations, which are no measurement. Pure.
/// </summary>
public static class RunDiff
{
    public static RunChanges Of(RunDocument older, RunDocument newer)
    {
        var before = older.Kernels.ToDictionary(k => k.Id, StringComparer.Ordinal);
        var after = newer.Kernels.ToDictionary(k => k.Id, StringComparer.Ordinal);
        var pairs = newer.Kernels.Where(k => before.ContainsKey(k.Id)).Order(KernelOrder.Instance)
            .Select(k => new KernelPair(before[k.Id], k)).ToList();
        var went = older.Kernels.Where(k => !after.ContainsKey(k.Id)).Order(KernelOrder.Instance).ToList();
        var came = newer.Kernels.Where(k => !before.ContainsKey(k.Id)).Order(KernelOrder.Instance).ToList();
        return new RunChanges(
            new ComparedRun(older.Run.Id, older.Run.StartedAt),
            new ComparedRun(newer.Run.Id, newer.Run.StartedAt),
            pairs.Count,
            pairs.Sum(p => p.InBoth),
            RunDifferences.Of(older.Run, newer.Run, pairs),
            [
                .. went.Select(k => new KernelChange(KernelChangeKind.Went, k.Id, k.Version, End(k), null)),
                .. came.Select(k => new KernelChange(KernelChangeKind.Came, k.Id, k.Version, null, End(k))),
                .. pairs.Where(p => p.Older.Status != p.Newer.Status)
                    .Select(p => new KernelChange(Kind(p.Older.Status, p.Newer.Status), p.Newer.Id, p.Newer.Version ?? p.Older.Version, End(p.Older), End(p.Newer)))
                    .OrderBy(c => c.Change),
            ],
            [.. Replacements(went, came)],
            Fold(pairs));
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
            .Select(g => new CaseChange(g.Key.Change, g.Key.Case, [.. g.SelectMany(c => c.Kernels)], g.Key.From, g.Key.To))
            .OrderBy(c => c.Change).ThenBy(c => c.Case, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Debian kernels of the same series and flavour that went and came, each with its like in the order of versions;
    /// where more came than went or the other way round, nobody knows which took whose place.
    /// </summary>
    private static IEnumerable<KernelReplacement> Replacements(IReadOnlyList<KernelResult> went, IReadOnlyList<KernelResult> came)
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
    }

    private static (string Arch, string Series, string Flavour)? Place(KernelResult kernel) =>
        DebianKernel.ParseId(kernel.Id) is var (_, flavour) ? (kernel.Arch, Histories.SeriesOf(kernel), flavour) : null;

    private static IEnumerable<KernelResult> InOrder(IEnumerable<KernelResult> kernels) =>
        kernels.OrderBy(k => DebianKernel.ParseId(k.Id)!.Value.Version);
}
