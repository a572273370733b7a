using System.Text;
using Harness.Results;

namespace Harness.Reports;

/// <summary>Cases whose repeats disagree, with what each repeat said.</summary>
internal static class MarkdownFlaky
{
    public static void Write(StringBuilder text, RunDocument document)
    {
        var flaky = document.Kernels.SelectMany(k => k.Cases.Where(c => c.Attempts is { Count: > 0 }), (kernel, result) => (kernel, result)).ToList();
        if (flaky.Count == 0)
        {
            return;
        }
        var names = new KernelNames(document);
        text.Line("## Flaky").Line()
            .Line($"Each kernel was booted {Words.Count(document.Run.Repeat, "time")}; these cases were not answered in the same way each time.").Line();
        var cases = flaky.GroupBy(f => (Case: f.result.Id, Answers: Answers(f.result.Attempts!)))
            .Select(g => (g.Key.Case, g.Key.Answers, Where: names.Of(g.Select(f => f.kernel.Id).ToHashSet(StringComparer.Ordinal))));
        foreach (var group in cases.GroupBy(c => (c.Where, c.Answers)))
        {
            text.Line($"- {Markdown.Escape(group.Key.Where)}: {Markdown.Escape(group.Key.Answers)} ({Words.Count(group.Count(), "case")})").Line();
            MarkdownCauses.Write(text, group.Select(c => (c.Case, (string?)null)), null);
        }
    }

    /// <summary>"accepted (repeats 1, 3); rejected at update with EINVAL (repeat 2)".</summary>
    private static string Answers(IReadOnlyList<CaseAttempt> attempts) => string.Join("; ", attempts
        .GroupBy(a => Words.Of(a.Status, a.Outcome, a.Step, a.Errno))
        .Select(g => $"{g.Key} ({(g.Count() == 1 ? "repeat" : "repeats")} {string.Join(", ", g.Select(a => a.Repeat))})"));
}
