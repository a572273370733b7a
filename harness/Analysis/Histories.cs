using Harness.Results;

namespace Harness.Analysis;

/// <summary>Groups the ranges of a document into shared histories.</summary>
public static class Histories
{
    /// <summary>Those that change come first, the most cases first.</summary>
    public static IReadOnlyList<SharedHistory> Of(RunDocument document)
    {
        var wants = new Dictionary<string, Outcome>(StringComparer.Ordinal);
        foreach (var result in document.Kernels.SelectMany(k => k.Cases))
        {
            wants.TryAdd(result.Id, result.Want);
        }
        return
        [
            .. document.Ranges.Where(r => wants.ContainsKey(r.Case))
                .GroupBy(r => (r.Lineage, Want: wants[r.Case], Key: string.Join('|', r.Segments)))
                .Select(g => new SharedHistory(g.Key.Lineage, g.Key.Want, g.First().Segments,
                    [.. g.Select(r => r.Case).Order(StringComparer.Ordinal)]))
                .OrderByDescending(h => h.Changes).ThenByDescending(h => h.Cases.Count)
                .ThenBy(h => h.Cases[0], StringComparer.Ordinal),
        ];
    }

    /// <summary>The upstream series of a kernel, <c>6.1</c>; its id where the version is not known.</summary>
    public static string SeriesOf(KernelResult kernel) => SeriesOf(kernel.Id, kernel.Version);

    public static string SeriesOf(string id, string? version) => KernelVersion.TryParse(version)?.Series ?? id;
}
