using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// What a report for CI systems says of a result. It agrees with the run's exit code: what is as expected is no
/// failure, and a failure that was foreseen is skipped, as expected failures are in other frameworks.
/// </summary>
/// <param name="Message">Why it did not pass; not read of a case that passed.</param>
internal readonly record struct CaseVerdict(TestOutcome Outcome, string Message)
{
    public static CaseVerdict Of(CaseResult result) => new(Expectedly(result), Explain(result));

    /// <summary>What the kernel did, foreseen or not.</summary>
    public static CaseVerdict Strictly(CaseResult result)
    {
        var answer = Words.Answer(result);
        return new(
            result.Status switch
            {
                CaseStatus.Pass => TestOutcome.Passed,
                CaseStatus.Skip => TestOutcome.Skipped,
                CaseStatus.Fail => TestOutcome.Failure,
                _ => TestOutcome.Error,
            },
            result.AsExpected ? $"{answer}, as expected" : answer);
    }

    /// <summary>A case that passes or is skipped where something else is expected is a failure, too.</summary>
    private static TestOutcome Expectedly(CaseResult result) => (result.AsExpected, result.Status) switch
    {
        (true, CaseStatus.Pass) => TestOutcome.Passed,
        (true, _) => TestOutcome.Skipped,
        (false, CaseStatus.Error or CaseStatus.Flaky) => TestOutcome.Error,
        _ => TestOutcome.Failure,
    };

    private static string Explain(CaseResult result)
    {
        var answer = Words.Answer(result);
        return result switch
        {
            { AsExpected: true } => $"expected: {answer}",
            _ when result.Status == result.Expected => $"{answer}, and another step or errno is expected",
            // A failure says by itself that a pass is expected.
            { Expected: CaseStatus.Pass, Status: not CaseStatus.Skip } => answer,
            _ => $"{answer}, and {Words.Of(result.Expected)} is expected",
        };
    }
}
