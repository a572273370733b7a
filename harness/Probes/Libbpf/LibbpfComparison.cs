using Harness.Results;

namespace Harness.Probes.Libbpf;

/// <summary>
/// Does a newer libbpf change an answer, as people advise? The same cases on the same kernels, each version against the
/// next newer one; nothing is said of what was not run.
/// </summary>
public static class LibbpfComparison
{
    /// <param name="libbpfs">Those that the run asked with.</param>
    /// <param name="layer">The layer whose cases each of them was asked.</param>
    /// <param name="parse">Takes an id of the layer apart.</param>
    /// <returns>Oldest first; empty when there was just one libbpf.</returns>
    public static IReadOnlyList<LibbpfStep> Of(
        RunDocument document, IReadOnlyList<LibbpfInfo> libbpfs, string layer, Func<string, CaseId> parse)
    {
        var inOrder = libbpfs
            .OrderBy(l => Version.TryParse(l.Version, out var version) ? version : new Version()).ToList();
        if (inOrder.Count < 2)
        {
            return [];
        }
        var answers = document.Kernels
            .Select(k => (k.Id, Cases: k.Cases.ToDictionary(c => c.Id, StringComparer.Ordinal))).ToList();
        return [.. inOrder.Zip(inOrder.Skip(1), (older, newer) => Compare(older, newer, answers, layer + ".", parse))];
    }

    private static LibbpfStep Compare(
        LibbpfInfo older, LibbpfInfo newer,
        IReadOnlyList<(string Kernel, Dictionary<string, CaseResult> Cases)> answers,
        string start, Func<string, CaseId> parse)
    {
        var pairs = answers.SelectMany(a => Pairs(
            a.Kernel, a.Cases.Where(c => c.Key.StartsWith(start, StringComparison.Ordinal)).ToDictionary(),
            older.Label ?? "", newer.Label ?? "", parse)).ToList();
        return new LibbpfStep(older, newer, pairs.Count, pairs.Select(p => p.KernelId).Distinct().Count(),
            [.. pairs.Where(Differs)]);
    }

    private static IEnumerable<LibbpfChange> Pairs(
        string kernel, Dictionary<string, CaseResult> cases, string older, string newer,
        Func<string, CaseId> parse)
    {
        foreach (var result in cases.Values)
        {
            var id = parse(result.Id);
            if (id.Label == older
                && cases.TryGetValue(id.WithoutLabel + (newer.Length > 0 ? "." + newer : ""), out var other))
            {
                yield return new LibbpfChange(id.WithoutLabel, kernel, result, other);
            }
        }
    }

    private static bool Differs(LibbpfChange pair) =>
        (pair.Older.Status, pair.Older.Outcome, pair.Older.Step, pair.Older.Errno)
        != (pair.Newer.Status, pair.Newer.Outcome, pair.Newer.Step, pair.Newer.Errno);
}
