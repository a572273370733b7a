using Harness.Results;

namespace Harness.Bisection;

/// <summary>
/// What a kernel answered to one case; two kernels agree when all three are the same, so a refusal at another step, or
/// with another errno, is another verdict.
/// </summary>
/// <param name="Outcome"><c>null</c> when the kernel lacks what the case needs, which is an answer, too.</param>
public sealed record Verdict(Outcome? Outcome, string? Step, string? Errno)
{
    /// <returns><c>null</c> when the case gave none.</returns>
    public static Verdict? Of(CaseResult result) => result.Status is CaseStatus.Pass or CaseStatus.Fail or CaseStatus.Skip
        ? new Verdict(result.Outcome, result.Step, result.Errno)
        : null;

    /// <summary><c>accept</c>, <c>reject at update with EINVAL</c>.</summary>
    public override string ToString() =>
        (Outcome switch { Results.Outcome.Accept => "accept", Results.Outcome.Reject => "reject", _ => "skip" })
        + (Step is null ? "" : $" at {Step}") + (Errno is null ? "" : $" with {Errno}");
}

/// <summary>What came of testing a kernel: a verdict, or why there is none.</summary>
public sealed record Measurement(Verdict? Verdict, string? Problem)
{
    /// <summary>Of a row; a case that was reported before its kernel went down was measured.</summary>
    public static Measurement Of(KernelResult kernel, string caseId)
    {
        var result = kernel.Cases.FirstOrDefault(c => c.Id == caseId);
        var verdict = result is null ? null : Verdict.Of(result);
        return verdict is not null
            ? new Measurement(verdict, null)
            : new Measurement(null, kernel.Status == KernelStatus.Tested
                ? result?.Reason ?? "the case gave no verdict"
                : Reports.Words.Of(kernel.Status) + (kernel.Reason is null ? "" : $": {kernel.Reason}"));
    }

    public override string ToString() => Verdict?.ToString() ?? Problem ?? "";
}
