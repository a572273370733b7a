using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Analysis.Sections;

/// <summary>Cases whose repeats disagree, with what each repeat said.</summary>
internal static class FlakySection
{
    public static Section? Of(RunDocument document, KernelNames names, ProbeList probes)
    {
        var flaky = document.Kernels
            .SelectMany(k => k.Cases.Where(c => c.Attempts is { Count: > 0 }), (kernel, result) => (kernel, result))
            .ToList();
        if (flaky.Count == 0)
        {
            return null;
        }
        var cases = flaky.GroupBy(f => (Case: f.result.Id, Answers: Answers(f.result.Attempts!)))
            .Select(g => (g.Key.Case, g.Key.Answers, Where: names.Of(g.Select(f => f.kernel))));
        return new Section("Flaky",
            new Block.Paragraph($"Each kernel was booted {Words.Count(document.Run.Repeat, "time")}; "
                + "these cases were not answered in the same way each time."),
            new Block.Points(
            [
                .. cases.GroupBy(c => (c.Where, c.Answers)).Select(g => new Item(
                    $"{g.Key.Where}: {g.Key.Answers} ({Words.Count(g.Count(), "case")})",
                    ReasonedCases.Of(g.Select(c => c.Case), probes))),
            ], Spaced: true));
    }

    /// <summary>"accepted (repeats 1, 3); rejected at update with EINVAL (repeat 2)".</summary>
    private static string Answers(IReadOnlyList<CaseAttempt> attempts) => string.Join("; ", attempts
        .GroupBy(a => Words.Of(a.Status, a.Outcome, a.Step, a.Errno))
        .Select(g =>
            $"{g.Key} ({(g.Count() == 1 ? "repeat" : "repeats")} {string.Join(", ", g.Select(a => a.Repeat))})"));
}
