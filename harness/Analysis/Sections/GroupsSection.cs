using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>Questions beyond the first screen's, each group of them in one sentence.</summary>
/// <param name="document">The run.</param>
/// <param name="names">How its kernels are called.</param>
internal sealed class GroupsSection(RunDocument document, KernelNames names)
{
    private readonly IReadOnlyList<KernelResult> _kernels = KernelNames.InOrder(document);

    /// <summary>Each id once: matching takes far longer than looking up, and most kernels have the same.</summary>
    private readonly HashSet<string> _ids = new(
        document.Kernels.SelectMany(k => k.Cases).Select(c => c.Id), StringComparer.Ordinal);

    /// <returns><c>null</c> if no question of a group was asked.</returns>
    public Section? Of(ProbeList probes)
    {
        Item[] items =
        [
            .. probes.AskedBy(document.Run).SelectMany(p => p.Groups).Select(InWords).OfType<string>()
                .Select(text => new Item(text)),
        ];
        return items.Length == 0
            ? null
            : new Section("Further questions, in a sentence each", new Block.Points(items, Spaced: false));
    }

    /// <summary>
    /// "Two maps that differ in their flags (8 cases): 2 not as wanted on 6.1.170 to 6.1.192, else as wanted."
    /// </summary>
    private string? InWords(QuestionGroup group)
    {
        var ids = _ids.Where(group.Has).ToHashSet(StringComparer.Ordinal);
        var answers = _kernels.Select(k => new GroupAnswers(k, [.. k.Cases.Where(c => ids.Contains(c.Id))]))
            .Where(a => a.Cases.Count > 0).ToList();
        if (answers.Count == 0)
        {
            return null;
        }
        var cases = answers.SelectMany(a => a.Cases).DistinctBy(c => c.Id).Count();
        return $"{group.Subject} ({Words.Count(cases, "case")}): {InWords(answers)}.";
    }

    private string InWords(List<GroupAnswers> answers)
    {
        var able = answers.Where(a => a.Cases.Any(c => c.Status != CaseStatus.Skip)).ToList();
        if (able.Count == 0)
        {
            return "no kernel has what they need";
        }
        var failures = able.Where(a => a.Failures > 0).GroupBy(a => a.Failures)
            .Select(g => $"{g.Key} not as wanted on {Of(g)}").ToList();
        return (failures.Count > 0 ? string.Join(", ", failures) + ", else as wanted" : $"as wanted on {Of(able)}")
            + (able.Count < answers.Count ? $"; {Of(answers.Except(able))} cannot be asked" : "");

        string Of(IEnumerable<GroupAnswers> some) =>
            names.Of(some.Select(a => a.Kernel), [.. answers.Select(a => a.Kernel)]);
    }

    /// <summary>What a kernel answered to the questions of a group.</summary>
    private sealed record GroupAnswers(KernelResult Kernel, IReadOnlyList<CaseResult> Cases)
    {
        public int Failures => Cases.Count(c => c.Status is not (CaseStatus.Pass or CaseStatus.Skip));
    }
}
