using Harness.Ktap;
using Harness.Matrix;
using Harness.Results;

namespace Harness.Runs;

/// <summary>Turns what the prober measured into results, held against what the matrix expects. Pure.</summary>
public static class Judge
{
    public static CaseResult Case(ProbedCase probed, KernelExpectations expectations)
    {
        var status = (probed.Skipped, probed.Outcome) switch
        {
            (true, _) => CaseStatus.Skip,
            (_, null) => CaseStatus.Error,
            var (_, outcome) => outcome == probed.Want ? CaseStatus.Pass : CaseStatus.Fail,
        };
        var expectation = expectations.For(probed.Id);
        var met = expectation?.IsMetBy(status, probed.Step, probed.Errno) ?? status == CaseStatus.Pass;
        var explains = expectation is not null && expectation.Status == status && status != CaseStatus.Pass;
        return new CaseResult(
            probed.Id,
            Parse(probed.Want),
            probed.Outcome is { } o ? Parse(o) : null,
            probed.Step,
            probed.Errno,
            status,
            expectation?.Status ?? CaseStatus.Pass,
            probed.Reason,
            explains ? expectation!.Cause : null,
            explains ? expectation!.Workaround : null,
            explains ? expectation!.Source : null)
        {
            AsExpected = met,
        };
    }

    /// <summary>
    /// A kernel is expected to be tested, unless an entry foresees another status. One that a rule chose, and that the
    /// archive lists and does not serve, counts for nothing.
    /// </summary>
    public static bool IsExpected(KernelStatus status, bool notServed, KernelExpectations expectations) =>
        status == KernelStatus.Tested || expectations.Foresees(status) || (status == KernelStatus.Unavailable && notServed);

    private static Outcome Parse(string outcome) => outcome == "accept" ? Outcome.Accept : Outcome.Reject;
}
