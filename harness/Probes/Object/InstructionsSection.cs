using System.Globalization;
using Harness.Analysis;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.Object;

/// <summary>How many instructions the verifier processed of each program that loads, and how that grew.</summary>
internal static class InstructionsSection
{
    /// <summary>The number's name (struct bpf_prog_info in include/uapi/linux/bpf.h).</summary>
    private const string Number = "verified_insns";

    /// <summary>Programs in the table, the largest first: they are the ones that run into the limit.</summary>
    private const int Most = 60;

    public static Section? Of(RunDocument document)
    {
        var kernels = KernelNames.InOrder(document).Where(k => k.Cases.Any(c => CountOf(c) > 0)).ToList();
        if (kernels.Count == 0)
        {
            return null;
        }
        var lineages = new LineageNames(kernels);
        var series = kernels.GroupBy(k => Histories.SeriesOf(k) + lineages.Behind(k.Lineage)).ToList();
        var programs = series
            .SelectMany((s, i) => s.SelectMany(k => k.Cases).Select(c => (c.Id, Series: i, Count: CountOf(c))))
            .Where(n => n.Count > 0)
            .GroupBy(n => n.Id, n => (n.Series, n.Count)).OrderByDescending(g => g.Max(n => n.Count))
            .ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var left = programs.Count - Most;
        return new Section("How many instructions the verifier processed",
        [
            new Block.Paragraph("Of each program that loads by itself. The limit is a million; the number says nothing "
                + "else about a program."),
            new Block.Advice("Instructions", "Processed instructions", "the kernels of each series",
                ["program", .. series.Select(s => s.Key), "from the first to the last"],
                [.. programs.Take(Most).Select(p => Row(p.Key, [.. p], series.Count))]),
            .. left > 0
                ? [new Block.Paragraph($"{Words.Count(left, "smaller program")}: results.json has their numbers.")]
                : Array.Empty<Block>(),
        ]);
    }

    private static IReadOnlyList<Sentence> Row(string id, IReadOnlyList<(int Series, long Count)> counts, int series) =>
    [
        new Sentence(Phrase.Code(id)),
        .. Enumerable.Range(0, series)
            .Select(i => (Sentence)Range([.. counts.Where(c => c.Series == i).Select(c => c.Count)])),
        Growth(counts[0].Count, counts[^1].Count),
    ];

    /// <summary>0 where nothing was counted.</summary>
    private static long CountOf(CaseResult result) => result.Numbers?[Number] ?? 0;

    private static string Range(IReadOnlyList<long> counts) => counts.Count == 0 ? ""
        : counts.Min() == counts.Max() ? Written(counts[0])
        : $"{Written(counts.Min())} – {Written(counts.Max())}";

    private static string Growth(long first, long last) => first == last || first == 0 ? "the same"
        : string.Create(CultureInfo.InvariantCulture, $"{(last - first) * 100.0 / first:+0;-0;±0} %");

    private static string Written(long number) => number.ToString(CultureInfo.InvariantCulture);
}
