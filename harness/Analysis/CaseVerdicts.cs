using System.Globalization;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis;

/// <summary>
/// What a run measured of chosen cases: a table with a row for those that went alike over the versions.
/// </summary>
public static class CaseVerdicts
{
    private static readonly string[] _heads = ["case", "wanted", "measured"];

    /// <summary>More ways than these in which the cases of a row ended are not listed.</summary>
    private const int MostEnds = 3;

    /// <summary>
    /// In characters: cases that take more are named by the pattern that chose them, if they are all of its.
    /// </summary>
    private const int LongestNames = 120;

    /// <summary>Rows are in the order of the patterns, and each case stands in one of them.</summary>
    /// <param name="chosen">Each names a case of the run at least.</param>
    public static Block Of(RunDocument document, ProbeList probes, IReadOnlyList<Glob> chosen)
    {
        var rows = Rows(document, chosen);
        var cases = rows.SelectMany(r => r.History.Cases).ToHashSet(StringComparer.Ordinal);
        var asked = KernelNames.InOrder(document).Where(k => k.Cases.Any(c => cases.Contains(c.Id))).ToList();
        var lineages = new LineageNames(document.Kernels);
        var date = document.Run.StartedAt.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return new Block.Advice(
            "Verdicts", $"Measured on {date}",
            $"{Words.Count(asked.Count, "kernel")}, {new KernelNames(document).Of(asked, asked)}", _heads,
            [
                .. rows.Select(row => new Sentence[]
                {
                    Names(row.History.Cases, row.Whole, probes) + lineages.InBrackets(row.History.Lineage),
                    Words.Of(row.History.Want), Measured(document, row.History),
                }),
            ]);
    }

    /// <param name="whole">The pattern, if these are all of its cases.</param>
    private static Sentence Names(IReadOnlyList<string> cases, Glob? whole, ProbeList probes)
    {
        var patterns = CasePatterns.Of(cases, probes);
        return whole is not null && patterns.Sum(p => p.Length) > LongestNames
            ? new Sentence(Phrase.Code(whole.Pattern), $" ({Words.Count(cases.Count, "case")})")
            : Sentence.Join(", ", patterns.Select(p => new Sentence(Phrase.Code(p))));
    }

    private static List<(SharedHistory History, Glob? Whole)> Rows(RunDocument document, IReadOnlyList<Glob> chosen)
    {
        var histories = Histories.Of(document);
        var rows = new List<(SharedHistory, Glob?)>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var glob in chosen)
        {
            var own = histories.Select(h => h with { Cases = [.. h.Cases.Where(glob.Matches)] })
                .Where(h => h.Cases.Count > 0).ToList();
            var whole = own.Count == 1 && !own[0].Cases.Any(told.Contains) ? glob : null;
            rows.AddRange(own.Select(h => h with { Cases = [.. h.Cases.Where(c => !told.Contains(c))] })
                .Where(h => h.Cases.Count > 0).Select(h => (h, whole)));
            told.UnionWith(own.SelectMany(h => h.Cases));
        }
        return rows;
    }

    /// <summary>"✓ accepted 5.10.218 – 5.10.262; ✗ rejected 6.1.170 – 6.1.192 at update with EINVAL".</summary>
    private static Sentence Measured(RunDocument document, SharedHistory row)
    {
        var kernels = document.Kernels.Where(k => k.Lineage == row.Lineage).Order(KernelOrder.Instance).ToList();
        var names = KernelNames.ById(kernels);
        var cases = row.Cases.ToHashSet(StringComparer.Ordinal);
        return new Sentence(
            [.. row.Findings.Zip(row.Segments, (f, segment) => f with { Text = f.Text + Ends(segment) })]);

        string Ends(Segment segment)
        {
            var first = kernels.FindIndex(k => names[k.Id] == segment.From);
            var last = kernels.FindIndex(k => names[k.Id] == segment.To);
            var ends = kernels.Skip(first).Take(last - first + 1).SelectMany(k => k.Cases)
                .Where(c => cases.Contains(c.Id) && c.Outcome != Outcome.Accept)
                .Select(c => Words.At(c.Step, c.Errno)).Where(end => end.Length > 0).Distinct()
                .Order(StringComparer.Ordinal).ToList();
            return ends.Count > MostEnds ? "" : string.Join(" or", ends);
        }
    }
}
