using Harness.Analysis;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>The result of measuring a kernel: a verdict, or why there is none.</summary>
public sealed record Measurement(Verdict? Verdict, string? Problem)
{
    /// <summary>Why the kernel skips the case, in the probe's words; <c>null</c> when it does not.</summary>
    public string? SkipReason { get; init; }

    /// <summary>Reads it from a kernel's row. A case that was reported before the kernel crashed counts.</summary>
    public static Measurement Of(KernelResult kernel, string caseId)
    {
        var result = kernel.Cases.FirstOrDefault(c => c.Id == caseId);
        var verdict = result is null ? null : Verdict.Of(result);
        return verdict is not null
            ? new Measurement(verdict, null) { SkipReason = verdict.Outcome is null ? result!.Reason : null }
            : new Measurement(null, kernel.Status == KernelStatus.Tested
                ? result?.Reason ?? "the case gave no verdict"
                : Words.Of(kernel));
    }

    public override string ToString() => Verdict?.ToString() ?? Problem ?? "";
}
