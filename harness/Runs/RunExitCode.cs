using Harness.Results;

namespace Harness.Runs;

/// <summary>The exit code of <c>harness run</c>, from the run's results.</summary>
public static class RunExitCode
{
    /// <summary>
    /// An unexpected result, or a change since the baseline, is 1. It wins over 3: a kernel could not be tested for a
    /// reason on this side.
    /// </summary>
    public static int Of(RunDocument document)
    {
        if (document.Kernels.Any(k => IsUnexpected(k) || k.Cases.Any(c => !c.AsExpected)) || HasChanged(document))
        {
            return ExitCodes.Unexpected;
        }
        var nothingTested = document.Kernels.All(k => k.Status == KernelStatus.Unavailable);
        return nothingTested || document.Kernels.Any(IsInfrastructure) ? ExitCodes.NotTestable : ExitCodes.AsExpected;
    }

    /// <summary>
    /// Something changed since the baseline. A kernel that could not be tested for a reason on this side does not count
    /// as changed: that has an exit code of its own.
    /// </summary>
    private static bool HasChanged(RunDocument document)
    {
        if (document.Baseline is not { } baseline)
        {
            return false;
        }
        var untested = document.Kernels.Where(IsInfrastructure).Select(k => k.Id).ToHashSet(StringComparer.Ordinal);
        return baseline.Cases.Count > 0 || baseline.Kernels.Any(k =>
            k.Change is KernelChangeKind.Came or KernelChangeKind.Went || !untested.Contains(k.Kernel));
    }

    /// <summary>The kernel failed to boot, hung or crashed, and no expectation foresees that.</summary>
    private static bool IsUnexpected(KernelResult kernel) => !kernel.AsExpected && !IsInfrastructure(kernel);

    /// <summary>The kernel could not be tested for a reason on this side, not on the kernel's.</summary>
    private static bool IsInfrastructure(KernelResult kernel) => !kernel.AsExpected
        && kernel.Status is KernelStatus.InfraError or KernelStatus.NotRun or KernelStatus.Unavailable;
}
