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
