using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>Which kernels the run did not boot, since an earlier run had measured them.</summary>
internal static class KnownSection
{
    public static Section? Of(RunDocument document)
    {
        Item[] items =
        [
            .. document.Kernels.Where(k => k.Known is not null).GroupBy(k => KnownRows.Of(k.Known!))
                .OrderByDescending(same => same.First().Known!.MeasuredAt)
                .Select(same => new Item(new Sentence(
                    $"{char.ToUpperInvariant(same.Key[0])}{same.Key[1..]}: {Names(same)}"))),
        ];
        return items.Length == 0 ? null : new Section("Known from earlier runs", new Block.Points(items));
    }

    private static string Names(IEnumerable<KernelResult> kernels) => string.Join(", ", kernels.Select(k => k.Id));
}
