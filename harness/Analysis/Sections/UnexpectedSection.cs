using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>What is not as expected: kernels, then cases that came out in the same way on the same kernels.</summary>
internal static class UnexpectedSection
{
    public static Section Of(RunDocument document, KernelNames names, ProbeList probes)
    {
        var kernels = document.Kernels.Where(k => !k.AsExpected).ToList();
        Item[] items =
        [
            .. kernels.Where(k => k.Status != KernelStatus.Tested).Select(Kernel),
            .. document.Kernels.SelectMany(k => ComplaintsSection.Items(k, foreseen: false)),
            .. kernels.Where(k => KnownRows.Disagreement(k) is not null).Select(Disagreement),
            .. Cases(document, names, probes),
        ];
        return items.Length == 0
            ? new Section(null, new Block.Paragraph(RunEndings.InWords(RunEndings.Of(document))))
            : new Section("Not as expected", new Block.Points(items));
    }

    private static Item Kernel(KernelResult kernel) => new(new Sentence(
        Phrase.Code(kernel.Id), ": ", Phrase.Strong(Words.Of(kernel.Status)),
        kernel.Reason is null ? "" : $": {kernel.Reason}"));

    private static Item Disagreement(KernelResult kernel) => new(new Sentence(
        Phrase.Code(kernel.Id), ": ", Phrase.Strong("disagrees with itself"),
        $": it {KnownRows.Disagreement(kernel)}"));

    private static IEnumerable<Item> Cases(RunDocument document, KernelNames names, ProbeList probes)
    {
        var results = document.Kernels
            .SelectMany(k => k.Cases.Where(c => !c.AsExpected), (kernel, result) => (kernel, result)).ToList();
        var kernels = results.GroupBy(x => (x.result.Id, x.result.Status, x.result.Step, x.result.Errno))
            .ToDictionary(g => g.Key, g => names.Of(g.Select(x => x.kernel)));
        return results.Select(x => x.result)
            .GroupBy(r => (r.Status, r.Expected, r.Step, r.Errno, Kernels: kernels[(r.Id, r.Status, r.Step, r.Errno)]))
            .Select(g => new Item(
                new Sentence(Phrase.Status(Words.MarkOf(g.Key.Status), Words.Of(g.Key.Status)),
                    Words.AtWith(g.Key.Step, g.Key.Errno),
                    $" where {Words.Of(g.Key.Expected)} is expected, on {g.Key.Kernels}:"),
                ReasonedCases.Patterns(g.Select(r => r.Id), probes)));
    }
}
