using Harness.Matrix;
using Harness.Results;

namespace Harness.Runs;

/// <summary>Compares what a kernel complained of with what the matrix foresees. Pure.</summary>
public static class ComplaintEvaluator
{
    /// <summary>
    /// Why a complaint about time is as expected under emulation. It hides nothing: a case may take 10 s, and the
    /// kernel's own limits are 20 s or more, so that a case that makes the kernel stall is an error anyway.
    /// </summary>
    internal const string Emulated = "under emulation, a busy host is enough for this";

    /// <param name="emulated">The kernel ran under emulation (TCG).</param>
    public static Complaint Evaluate(Complaint complaint, KernelExpectations expectations, bool emulated)
    {
        if (expectations.For(complaint) is { } entry)
        {
            return complaint with { AsExpected = true, Cause = entry.Cause, Source = entry.Source };
        }
        return emulated && complaint.Kind.IsOfTime()
            ? complaint with { AsExpected = true, Cause = Emulated }
            : complaint;
    }
}
