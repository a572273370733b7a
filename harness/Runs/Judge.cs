using Harness.Ktap;
using Harness.Matrix;
using Harness.Results;

namespace Harness.Runs;

/// <summary>Turns what the prober measured into results, held against what the matrix expects. Pure.</summary>
public static class Judge
{
    /// <summary>A case that was asked in several boots: what they all say, or <c>flaky</c> where one says otherwise.</summary>
    public static CaseResult Case(IReadOnlyList<ProbedAttempt> attempts, KernelExpectations expectations)
    {
        var first = attempts[0].Case;
        var told = attempts.Select(a => new CaseAttempt(a.Repeat, Status(a.Case), Parse(a.Case.Outcome), a.Case.Step, a.Case.Errno, a.Case.Reason)).ToList();
        return told.DistinctBy(a => (a.Status, a.Outcome, a.Step, a.Errno)).Count() == 1
            ? Case(first, expectations)
            : Hold(new CaseResult(first.Id, Parse(first.Want)!.Value, null, null, null, CaseStatus.Flaky, CaseStatus.Pass, "the repeats disagree", null, null) { Attempts = told }, expectations);
    }

    public static CaseResult Case(ProbedCase probed, KernelExpectations expectations) => Hold(
        new CaseResult(probed.Id, Parse(probed.Want)!.Value, Parse(probed.Outcome), probed.Step, probed.Errno, Status(probed), CaseStatus.Pass, probed.Reason, null, null),
        expectations);

    /// <summary>
    /// A kernel is expected to be tested, unless an entry foresees another status. One that a rule chose, and that the
    /// archive lists and does not serve, counts for nothing.
    /// </summary>
    public static bool IsExpected(KernelStatus status, bool notServed, KernelExpectations expectations) =>
        status == KernelStatus.Tested || expectations.Foresees(status) || (status == KernelStatus.Unavailable && notServed);

    private static CaseStatus Status(ProbedCase probed) => (probed.Skipped, probed.Outcome) switch
    {
        (true, _) => CaseStatus.Skip,
        (_, null) => CaseStatus.Error,
        var (_, outcome) => outcome == probed.Want ? CaseStatus.Pass : CaseStatus.Fail,
    };

    private static CaseResult Hold(CaseResult measured, KernelExpectations expectations)
    {
        var (status, expectation) = (measured.Status, expectations.For(measured.Id));
        var explains = expectation is not null && expectation.Foresees(status) && status != CaseStatus.Pass;
        return measured with
        {
            Expected = expectation?.Status ?? CaseStatus.Pass,
            AsExpected = expectation?.IsMetBy(status, measured.Step, measured.Errno) ?? status == CaseStatus.Pass,
            Cause = explains ? expectation!.Cause : null,
            Workaround = explains ? expectation!.Workaround : null,
            Source = explains ? expectation!.Source : null,
        };
    }

    private static Outcome? Parse(string? outcome) => outcome is null ? null : outcome == "accept" ? Outcome.Accept : Outcome.Reject;
}
