using Harness.Results;

namespace Harness.Runs;

/// <summary>The exit codes of <c>harness</c>; other programs rely on them.</summary>
public static class ExitCode
{
    public const int AsExpected = 0;
    public const int Unexpected = 1;
    public const int Usage = 2;
    public const int NotTestable = 3;
    public const int Interrupted = 130;

    /// <summary>
    /// What a run answers: an unexpected result or a change since the baseline (1) wins over a kernel that could not be
    /// tested for a reason on our side (3).
    /// </summary>
    public static int Of(RunDocument document)
    {
        if (document.Kernels.Any(k => IsUnexpected(k) || k.Cases.Any(c => !c.AsExpected)) || HasChanged(document))
        {
            return Unexpected;
        }
        var nothingTested = document.Kernels.All(k => k.Status == KernelStatus.Unavailable);
        return nothingTested || document.Kernels.Any(IsOurSide) ? NotTestable : AsExpected;
    }

    /// <summary>Something changed since the baseline; that a kernel could not be tested for a reason on our side has its own code.</summary>
    private static bool HasChanged(RunDocument document)
    {
        if (document.Baseline is not { } baseline)
        {
            return false;
        }
        var ours = document.Kernels.Where(IsOurSide).Select(k => k.Id).ToHashSet(StringComparer.Ordinal);
        return baseline.Cases.Count > 0 || baseline.Kernels.Any(k => k.Change is KernelChangeKind.Came or KernelChangeKind.Went || !ours.Contains(k.Kernel));
    }

    /// <summary>The kernel failed to boot, hung or crashed without that being expected.</summary>
    public static bool IsUnexpected(KernelResult kernel) => !kernel.AsExpected && !IsOurSide(kernel);

    /// <summary>It could not be tested for a reason on our side.</summary>
    public static bool IsOurSide(KernelResult kernel) => !kernel.AsExpected
        && kernel.Status is KernelStatus.InfraError or KernelStatus.NotRun or KernelStatus.Unavailable;
}
