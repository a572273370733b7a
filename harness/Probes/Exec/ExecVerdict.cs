using System.Globalization;
using Harness.Ktap;

namespace Harness.Probes.Exec;

/// <summary>
/// The verdict about a program as a whole that wrote TAP or KTAP: by how it ended, and by its results. One that exits
/// as if all were well although a test failed, or has no result, has failed, as it has to prove(1). Pure.
/// </summary>
internal static class ExecVerdict
{
    /// <param name="program">As the guest reported how it ended.</param>
    /// <param name="lost">How many bytes of its output were not kept.</param>
    /// <param name="kept">How many of its results have a case.</param>
    public static ProbedCase Of(ProbedCase program, TapText text, long lost, int kept)
    {
        var tally = TapTally.Of(text);
        var findings = tally.Findings;
        List<string> notes = [];
        if (lost > 0)
        {
            notes.Add(Invariant($"{lost} bytes of its output were not kept"));
        }
        if (kept < tally.Results)
        {
            notes.Add(Invariant($"only the first {kept} of its {tally.Results} results have a case"));
        }
        return program switch
        {
            { Outcome: null, Skipped: false } => program,
            { Outcome: "reject" } => program with
            {
                Reason = Sentence([program.Reason, .. findings.Count > 0 ? findings : Contradiction(tally), .. notes]),
            },
            _ when findings.Count > 0 => Failed(program, findings, notes, isCut: lost > 0 && !tally.HasFailed),
            { Skipped: true } => program with { Reason = Sentence([program.Reason, Line(text.SkipReason), .. notes]) },
            _ => Unopposed(program, text, tally, notes, isCut: lost > 0),
        };
    }

    private static string[] Contradiction(TapTally tally) =>
        tally.Tests == 0 ? [] : [Invariant($"none of its {tally.Tests} tests failed")];

    /// <param name="isCut">What is missing may have been written, and lost.</param>
    private static ProbedCase Failed(
        ProbedCase program, IReadOnlyList<string> findings, List<string> notes, bool isCut) => program with
        {
            Ok = false,
            Skipped = false,
            Outcome = isCut ? null : "reject",
            Step = isCut ? null : ExecSteps.Test,
            Reason = Sentence([program.Skipped ? program.Reason : "it exited as expected", .. findings, .. notes]),
        };

    /// <summary>It exited as expected, and no result speaks against that.</summary>
    /// <param name="isCut">Some of its output is lost: without a plan, nobody knows which results that held.</param>
    private static ProbedCase Unopposed(
        ProbedCase program, TapText text, TapTally tally, List<string> notes, bool isCut)
    {
        var skipped = text.SkipReason is { } why ? Line(
            why) is { Length: > 0 } said ? said : "it skips all of its tests"
            : tally.IsSkipped ? Invariant($"all of its {tally.Tests} tests were skipped")
            : null;
        return skipped is not null
            ? program with { Skipped = true, Outcome = null, Reason = Sentence([skipped, .. notes]) }
            : tally.Results == 0
            ? program with { Ok = false, Outcome = null, Reason = "it announced results and wrote none" }
            : isCut && text.Plan is null
            ? program with
            {
                Ok = false,
                Outcome = null,
                Reason = Sentence(["what is lost may hold failures", .. notes]),
            }
            : program with { Reason = notes.Count > 0 ? Sentence(notes) : program.Reason };
    }

    private static string? Line(string? text) => text is null ? null : OutputText.Line(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Sentence(IEnumerable<string?> parts) =>
        string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part)));
}
