using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>What changes from one kernel to the next, both named, with the cause where one is known.</summary>
internal sealed class ChangesSection(KernelNames names, ProbeList probes)
{
    private const string Title = "What changes from kernel to kernel";

    public Section Of(RunDocument document, IReadOnlyList<SharedHistory> histories)
    {
        var transitions = Transitions.Of(document.Kernels);
        if (transitions.Count == 0)
        {
            var measured = document.Kernels.Count(k => k.Cases.Count > 0);
            return new Section(Title, new Block.Paragraph(measured > 1
                ? "Nothing: each case has one answer on all kernels measured."
                : $"{Words.Count(measured, "kernel")} measured: there is nothing to compare."));
        }
        var lineages = new LineageNames(document.Kernels);
        var pairs = transitions.GroupBy(t => (t.Lineage, From: t.From.Kernel, To: t.To.Kernel)).ToList();
        return new Section(Title,
        [
            new Block.Paragraph($"{Words.Count(transitions.Count, "verdict")} change, between "
                + $"{Words.Count(pairs.Count, "pair")} of neighbours; all other neighbours agree. "
                + "Only kernels that were run are named: a change lies somewhere between the two."),
            .. pairs.SelectMany(p => Pair([.. p], lineages)),
            .. Restated(document),
            Ranges(histories, lineages),
        ]);
    }

    private IEnumerable<Block> Pair(List<Transition> transitions, LineageNames lineages)
    {
        var (from, to) = (transitions[0].From, transitions[0].To);
        yield return new Block.Heading($"{names.Of(from)} → {names.Of(to)}");
        yield return new Block.Paragraph(new Sentence(Phrase.Code(from.Kernel), " → ", Phrase.Code(to.Kernel),
            $", {lineages.WithArch(transitions[0].Lineage)}, {Words.Count(transitions.Count, "case")}"));
        var oneSided = transitions.Where(IsOneSided).ToList();
        yield return Groups(transitions.Except(oneSided));
        if (oneSided.Count > 0)
        {
            yield return new Block.Folded(
                $"What only one of the two can express ({Words.Count(oneSided.Count, "case")})", [Groups(oneSided)]);
        }
    }

    /// <summary>A kernel that lacks what the case needs was not asked, so its verdict did not change.</summary>
    private static bool IsOneSided(Transition transition) =>
        transition.From.Status == CaseStatus.Skip || transition.To.Status == CaseStatus.Skip;

    private Block.Points Groups(IEnumerable<Transition> transitions) => new(
    [
        .. transitions.GroupBy(t => (What: What(t), t.Source)).OrderByDescending(g => g.Count()).Select(g => new Item(
            new Sentence(Phrase.Strong(g.Key.What), $" ({Words.Count(g.Count(), "case")})"),
            ReasonedCases.Of(g.Select(t => (t.Case, Why(t))), g.Key.Source, probes))),
    ], Spaced: true);

    private IEnumerable<Block> Restated(RunDocument document)
    {
        var groups = Transitions.OfErrors(document.Kernels)
            .GroupBy(t =>
                (What: $"{Words.Of(t.From)} → {Words.Of(t.To)}", Where: $"{names.Of(t.From)} → {names.Of(t.To)}"))
            .Select(g => new Item(
                new Sentence(Phrase.Strong(g.Key.What), $", {g.Key.Where} ({Words.Count(g.Count(), "case")})"),
                ReasonedCases.Of(g.Select(t => t.Case), probes))).ToList();
        return groups.Count == 0 ? []
            : [new Block.Folded("The same verdict, at another step or with another errno",
                [new Block.Points(groups, Spaced: true)])];
    }

    private Block.Folded Ranges(IReadOnlyList<SharedHistory> histories, LineageNames lineages) => new(
        "The ranges of the cases that change",
    [
        new Block.Points([.. histories.Where(h => h.Changes).Select(h => new Item(
            $"{h.InWords} ({Words.Count(h.Cases.Count, "case")}, {lineages.WithArch(h.Lineage)})",
            ReasonedCases.Of(h.Cases, probes)))],
                Spaced: true),
    ]);

    /// <summary>A cause speaks of "this kernel"; here it is said which one.</summary>
    private Sentence? Why(Transition transition)
    {
        if (transition.Cause is null)
        {
            return null;
        }
        var explained = new[] { transition.From, transition.To }.Where(e => e.Status != CaseStatus.Pass).ToList();
        var cause = Phrase.Cited(transition.Cause);
        return explained.Count == 1 ? new Sentence($"{names.Of(explained[0])}: ", cause) : new Sentence(cause);
    }

    private static string What(Transition transition) => (transition.From.Status, transition.To.Status) switch
    {
        (CaseStatus.Skip, CaseStatus.Pass) => "not applicable → as wanted",
        (CaseStatus.Pass, CaseStatus.Skip) => "as wanted → not applicable",
        (_, CaseStatus.Pass) => $"{Words.Of(transition.From)} → {Words.Of(transition.To)}, as wanted",
        (_, CaseStatus.Fail) =>
            $"{Words.Of(transition.From)} → {Words.Of(transition.To)}, wanted {Words.Of(transition.Want)}",
        _ => $"{Words.Of(transition.From)} → {Words.Of(transition.To)}",
    };
}
