using Harness.Ktap;
using Harness.Matrix;
using Harness.Results;

namespace Harness.Runs;

/// <summary>Turns what a guest reported into results, and compares them with what the matrix expects. Pure.</summary>
public static class CaseEvaluator
{
    /// <summary>A case that was asked in several boots: what they agree on, else <c>flaky</c>.</summary>
    public static CaseResult Evaluate(IReadOnlyList<ProbedAttempt> attempts, KernelExpectations expectations)
    {
        var answers = attempts.Select(Attempt).ToList();
        if (answers.DistinctBy(a => (a.Status, a.Outcome, a.Step, a.Errno)).Count() == 1)
        {
            return Evaluate(attempts[0].Case, expectations);
        }
        var (id, want) = (attempts[0].Case.Id, Parse(attempts[0].Case.Want)!.Value);
        var flaky = new CaseResult(
            id, want, null, null, null, CaseStatus.Flaky, CaseStatus.Pass, "the repeats disagree", null, null)
        {
            Attempts = answers,
            Evidence = CaseEvidence.Bound(
                attempts.Select(a => a.Case).FirstOrDefault(c => !c.Ok && c.Evidence is not null)?.Evidence),
        };
        return Compare(flaky, expectations);
    }

    public static CaseResult Evaluate(ProbedCase probed, KernelExpectations expectations)
    {
        var measured = new CaseResult(
            probed.Id, Parse(probed.Want)!.Value, Parse(probed.Outcome), probed.Step, probed.Errno, Status(probed),
            CaseStatus.Pass, probed.Reason, null, null)
        {
            Evidence = CaseEvidence.Bound(probed.Evidence),
            Numbers = probed.Numbers.Count == 0 ? null : new CaseNumbers(probed.Numbers),
        };
        return Compare(measured, expectations);
    }

    /// <summary>The same answer, compared with what the matrix expects now.</summary>
    public static CaseResult Again(CaseResult known, KernelExpectations expectations) => Compare(known, expectations);

    /// <summary>
    /// A kernel is expected to be tested, unless an entry foresees another status. A kernel that a rule chose, and that
    /// the archive lists and does not serve, is never unexpected.
    /// </summary>
    public static bool IsExpected(KernelStatus status, bool notServed, KernelExpectations expectations) =>
        status == KernelStatus.Tested || expectations.Foresees(status)
        || (status == KernelStatus.Unavailable && notServed);

    private static CaseAttempt Attempt(ProbedAttempt attempt)
    {
        var probed = attempt.Case;
        return new CaseAttempt(
            attempt.Repeat, Status(probed), Parse(probed.Outcome), probed.Step, probed.Errno, probed.Reason);
    }

    private static CaseStatus Status(ProbedCase probed) => (probed.Skipped, probed.Outcome) switch
    {
        (true, _) => CaseStatus.Skip,
        (_, null) => CaseStatus.Error,
        var (_, outcome) => outcome == probed.Want ? CaseStatus.Pass : CaseStatus.Fail,
    };

    private static CaseResult Compare(CaseResult measured, KernelExpectations expectations)
    {
        var (status, expectation) = (measured.Status, expectations.For(measured.Id));
        var explains = expectation is not null && expectation.Foresees(status) && status != CaseStatus.Pass;
        return measured with
        {
            // Of several that an entry foresees, the one that it came to; a surprise is told against a pass.
            Expected = expectation is null ? CaseStatus.Pass
                : !expectation.MayPass ? expectation.Status!.Value
                : expectation.Foresees(status) ? status
                : CaseStatus.Pass,
            AsExpected = expectation?.IsMetBy(status, measured.Step, measured.Errno) ?? status == CaseStatus.Pass,
            Cause = explains ? expectation!.Cause : null,
            Workaround = explains ? expectation!.Workaround : null,
            Source = explains ? expectation!.Source : null,
        };
    }

    private static Outcome? Parse(string? outcome) => outcome switch
    {
        null => null,
        "accept" => Outcome.Accept,
        _ => Outcome.Reject,
    };
}
