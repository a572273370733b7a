using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>What a reader looks up: the tables of all other questions, and what is the same on all kernels.</summary>
internal static class DetailSections
{
    /// <summary>The most columns of a table.</summary>
    private const int Columns = 12;

    public static IEnumerable<Section> OtherQuestions(QuestionGrid grid)
    {
        foreach (var layer in grid.Layers)
        {
            var rest = grid.Questions.Where(q => q.Layer == layer).Except(grid.Foremost(layer))
                .Where(q => !grid.IsRepetition(q)).ToList();
            if (rest.Count > 0)
            {
                yield return new Section(new Sentence("All other questions, layer ", Phrase.Code(layer)),
                    new Block.Folded("The table",
                        [.. rest.Chunk(Columns).Select(part => new Block.Verdicts(grid.Table(part, counted: true)))]));
            }
        }
    }

    public static Section? Constant(
        RunDocument document, IReadOnlyList<SharedHistory> histories, KernelNames names, ProbeList probes)
    {
        var constant = histories.Where(h => !h.Changes).ToList();
        if (constant.Count == 0)
        {
            return null;
        }
        var skipped = document.Kernels
            .SelectMany(k => k.Cases.Where(c => c.Status == CaseStatus.Skip), (kernel, result) => (kernel, result))
            .ToLookup(s => s.result.Id, StringComparer.Ordinal);
        var lineages = new LineageNames(document.Kernels);
        var ranges = constant.Select(h => new Item(
            $"{h.InWords} ({Words.Count(h.Cases.Count, "case")}, {lineages.WithArch(h.Lineage)})",
            ReasonedCases.Of(h.Cases.Select(c => (c, Why(c, h.Lineage))), null, probes)));
        return new Section("What is the same on all kernels measured",
            new Block.Folded("The ranges", [new Block.Points([.. ranges], Spaced: true)]));

        Sentence? Why(string caseId, Lineage lineage) =>
            WhySkipped(skipped[caseId].Where(s => s.kernel.Lineage == lineage), names);
    }

    /// <summary>What no kernel can express may have one cause on the older and another on the newer ones.</summary>
    private static Sentence? WhySkipped(IEnumerable<(KernelResult Kernel, CaseResult Result)> skips, KernelNames names)
    {
        var causes = skips.Where(s => (s.Result.Cause ?? s.Result.Source) is not null)
            .GroupBy(s => s.Result.Cause ?? s.Result.Source!).ToList();
        return causes.Count switch
        {
            0 => null,
            1 => new Sentence(Phrase.Cited(causes[0].Key)),
            _ => Sentence.Join(" ", causes.Select(g =>
                new Sentence($"{names.Of(g.Select(s => s.Kernel))}: ", Phrase.Cited(g.Key)))),
        };
    }
}
