using System.Text;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>What changes from one kernel to the next, both named, with the cause where one is known.</summary>
internal static class MarkdownChanges
{
    public static void Write(StringBuilder text, RunDocument document)
    {
        var transitions = Transitions.Of(document.Kernels);
        text.Line("## What changes from kernel to kernel").Line();
        if (transitions.Count == 0)
        {
            var measured = document.Kernels.Count(k => k.Cases.Count > 0);
            text.Line(measured > 1 ? "Nothing: each case has one answer on all kernels measured." : $"{Words.Count(measured, "kernel")} measured: there is nothing to compare.").Line();
            return;
        }
        var names = new KernelNames(document);
        var pairs = transitions.GroupBy(t => (t.Arch, From: t.From.Kernel, To: t.To.Kernel)).ToList();
        text.Line($"{Words.Count(transitions.Count, "verdict")} change, between {Words.Count(pairs.Count, "pair")} of neighbours; "
            + "all other neighbours agree. Only kernels that were run are named: a change lies somewhere between the two.").Line();
        foreach (var pair in pairs)
        {
            var (from, to) = (pair.First().From, pair.First().To);
            text.Line($"### {Markdown.Escape(names.Of(from))} → {Markdown.Escape(names.Of(to))}").Line()
                .Line($"{Markdown.Code(from.Kernel)} → {Markdown.Code(to.Kernel)}, {Markdown.Escape(pair.Key.Arch)}, {Words.Count(pair.Count(), "case")}").Line();
            var oneSided = pair.Where(IsOneSided).ToList();
            Groups(text, pair.Except(oneSided), names);
            Folded(text, $"What only one of the two can express ({Words.Count(oneSided.Count, "case")})", oneSided, names);
        }
        Restated(text, document, names);
        Ranges(text, document);
    }

    /// <summary>A kernel that lacks what the case needs was not asked: it did not change its mind.</summary>
    private static bool IsOneSided(Transition transition) => transition.From.Status == CaseStatus.Skip || transition.To.Status == CaseStatus.Skip;

    private static void Groups(StringBuilder text, IEnumerable<Transition> transitions, KernelNames names)
    {
        foreach (var group in transitions.GroupBy(t => (What: What(t), t.Source)).OrderByDescending(g => g.Count()))
        {
            text.Line($"- **{Markdown.Escape(group.Key.What)}** ({Words.Count(group.Count(), "case")})").Line();
            MarkdownCauses.Write(text, group.Select(t => (t.Case, Why(t, names))), group.Key.Source);
        }
    }

    private static void Folded(StringBuilder text, string summary, List<Transition> transitions, KernelNames names)
    {
        if (transitions.Count > 0)
        {
            text.Line($"<details><summary>{summary}</summary>").Line();
            Groups(text, transitions, names);
            text.Line("</details>").Line();
        }
    }

    private static void Restated(StringBuilder text, RunDocument document, KernelNames names)
    {
        var restated = Transitions.OfErrors(document.Kernels);
        if (restated.Count == 0)
        {
            return;
        }
        text.Line("<details><summary>The same verdict, at another step or with another errno</summary>").Line();
        foreach (var group in restated.GroupBy(t => $"**{Markdown.Escape($"{End(t.From)} → {End(t.To)}")}**, {Markdown.Escape($"{names.Of(t.From)} → {names.Of(t.To)}")}"))
        {
            text.Line($"- {group.Key} ({Words.Count(group.Count(), "case")})").Line();
            MarkdownCauses.Write(text, group.Select(t => (t.Case, (string?)null)), null);
        }
        text.Line("</details>").Line();
    }

    private static void Ranges(StringBuilder text, RunDocument document)
    {
        text.Line("<details><summary>The ranges of the cases that change</summary>").Line();
        foreach (var history in Histories.Of(document).Where(h => h.Changes))
        {
            text.Line($"- {Markdown.Escape(history.InWords)} ({Words.Count(history.Cases.Count, "case")}, {Markdown.Escape(history.Arch)})").Line();
            MarkdownCauses.Write(text, history.Cases.Select(c => (c, (string?)null)), null);
        }
        text.Line("</details>").Line();
    }

    /// <summary>A cause speaks of "this kernel"; here it is said which one.</summary>
    private static string? Why(Transition transition, KernelNames names)
    {
        if (transition.Cause is null)
        {
            return null;
        }
        var told = new[] { transition.From, transition.To }.Where(e => e.Status != CaseStatus.Pass).ToList();
        return Markdown.Escape(told.Count == 1 ? $"{names.Of(told[0])}: {transition.Cause}" : transition.Cause);
    }

    private static string What(Transition transition) => (transition.From.Status, transition.To.Status) switch
    {
        (CaseStatus.Skip, CaseStatus.Pass) => "not applicable → as wanted",
        (CaseStatus.Pass, CaseStatus.Skip) => "as wanted → not applicable",
        (_, CaseStatus.Pass) => $"{End(transition.From)} → {End(transition.To)}, as wanted",
        (_, CaseStatus.Fail) => $"{End(transition.From)} → {End(transition.To)}, wanted {(transition.Want == Outcome.Accept ? "accepted" : "rejected")}",
        _ => $"{End(transition.From)} → {End(transition.To)}",
    };

    private static string End(TransitionEnd end) => Words.Of(end.Status, end.Outcome, end.Step, end.Errno);
}
