using System.Globalization;
using Harness.Probes;
using Harness.Results;

namespace Harness.Analysis;

/// <summary>How two runs were made differently, in words: what a reader of their differences must know.</summary>
/// <param name="probes">They name the builds of their programs.</param>
internal sealed class RunDifferences(ProbeList probes)
{
    private const int HashLength = 12;

    public IReadOnlyList<string> Of(RunInfo older, RunInfo newer, IReadOnlyList<KernelPair> pairs)
    {
        var notes = new List<string>();
        if (older.StartedAt > newer.StartedAt)
        {
            notes.Add($"{older.Id}, given as the older run, began after {newer.Id}");
        }
        foreach (var run in new[] { older, newer }.Where(r => !r.Complete))
        {
            notes.Add($"{run.Id} was interrupted");
        }
        Compare("the matrix", older.Matrix, newer.Matrix);
        Compare("the accelerator", older.Accel, newer.Accel);
        Compare("the number of boots of each kernel", Number(older.Repeat), Number(newer.Repeat));
        Compare("the selection of cases", Selection(older), Selection(newer));
        Compare("the prober", Prober(older), Prober(newer));
        var images = pairs
            .Where(p => p.Older.Sha256 is { } before && p.Newer.Sha256 is { } after && before != after)
            .Select(p => p.Newer.Id).ToList();
        if (images.Count > 0)
        {
            notes.Add($"another image under the same id: {string.Join(", ", images)}");
        }
        notes.AddRange(Shared(older, newer, pairs));
        return notes;

        void Compare(string what, string before, string after)
        {
            if (before != after)
            {
                notes.Add($"{what} differs: {before} → {after}");
            }
        }
    }

    /// <summary>Kernels whose row is of one measurement in both runs: they cannot differ.</summary>
    private static IEnumerable<string> Shared(RunInfo older, RunInfo newer, IReadOnlyList<KernelPair> pairs) => pairs
        .Where(p => p.Older.Known is not null || p.Newer.Known is not null)
        .GroupBy(p => (Older: p.Older.Known?.Run ?? older.Id, Newer: p.Newer.Known?.Run ?? newer.Id))
        .Where(same => same.Key.Older == same.Key.Newer)
        .Select(same => $"{Words.Count(same.Count(), "kernel")} measured once, by {same.Key.Older}: the newer run, or "
            + "both, took that over");

    private static string Selection(RunInfo run) =>
        run.CaseGlobs.Count == 0 ? "all" : string.Join(' ', run.CaseGlobs.Order(StringComparer.Ordinal));

    private string Prober(RunInfo run) => string.Join(", ", new MeasuringPrograms(run, probes).InWords(Short));

    private static string Short(string hash) => hash[..Math.Min(HashLength, hash.Length)];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
