using Harness.Results;

namespace Harness.Bisection;

/// <summary>
/// What a kernel answered to one case. Two kernels agree when outcome, step and errno are the same: a refusal at
/// another step, or with another errno, is another verdict.
/// </summary>
/// <param name="Outcome"><c>null</c> when the kernel lacks what the case needs; that is a verdict as well.</param>
public sealed record Verdict(Outcome? Outcome, string? Step, string? Errno)
{
    /// <returns>The case's verdict; <c>null</c> when it gave none.</returns>
    public static Verdict? Of(CaseResult result) =>
        result.Status is CaseStatus.Pass or CaseStatus.Fail or CaseStatus.Skip
        ? new Verdict(result.Outcome, result.Step, result.Errno)
        : null;

    /// <summary><c>accept</c>, <c>reject at update with EINVAL</c>.</summary>
    public override string ToString() =>
        (Outcome switch { Results.Outcome.Accept => "accept", Results.Outcome.Reject => "reject", _ => "skip" })
        + (Step is null ? "" : $" at {Step}") + (Errno is null ? "" : $" with {Errno}");
}
