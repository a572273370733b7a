using Harness.Results;

namespace Harness.Bisection;

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
