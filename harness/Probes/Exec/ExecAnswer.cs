using Harness.Analysis;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.Exec;

/// <summary>Where one program passes, as a sentence; only kernels that were run are named.</summary>
internal static class ExecAnswer
{
    /// <summary>In the order of names; with several architectures or lines, one for each.</summary>
    public static IReadOnlyList<SubjectAnswer> Of(RunDocument document)
    {
        var names = new KernelNames(document);
        var measured = KernelNames.InOrder(document).SelectMany(kernel => kernel.Cases.Where(IsWhole)
            .Select(whole => (Kernel: kernel, Whole: whole))).ToList();
        var lineages = new LineageNames(measured.Select(m => m.Kernel));
        return
        [
            .. measured.GroupBy(m => (m.Whole.Id, m.Kernel.Lineage)).OrderBy(g => g.Key.Id, StringComparer.Ordinal)
                .Select(g => Answer(NameOf(g.Key.Id) + lineages.InBrackets(g.Key.Lineage), [.. g], names)),
        ];
    }

    private static SubjectAnswer Answer(
        string name, IReadOnlyList<(KernelResult Kernel, CaseResult Whole)> measured, KernelNames names)
    {
        var asked = measured.Select(m => m.Kernel).ToList();
        return new SubjectAnswer(
            name, measured.All(m => m.Whole.Status == CaseStatus.Pass),
            [
                .. measured.GroupBy(m => (m.Whole.Status, Why: SubjectAnswer.WhyOf(m.Whole))).OrderBy(g => g.Key.Status)
                    .Select(g => Finding(g.Key.Status, g.Key.Why, names.Of(g.Select(m => m.Kernel), asked))),
            ]);
    }

    private static bool IsWhole(CaseResult result) => result.Id.Split('.') is [ExecProbe.Layer, _];

    private static string NameOf(string id) => id[(ExecProbe.Layer.Length + 1)..];

    private static Phrase Finding(CaseStatus status, string? why, string where) =>
        Phrase.Chip(Words.MarkOf(status), status switch
        {
            CaseStatus.Pass => $"passes on {where}",
            CaseStatus.Fail => $"fails on {where}: {why}",
            CaseStatus.Skip => $"is skipped on {where}: {why}",
            CaseStatus.Flaky => $"is flaky on {where}: {why}",
            _ => $"no verdict on {where}: {why}",
        });
}
