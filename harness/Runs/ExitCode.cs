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

    /// <summary>What a run answers: an unexpected result (1) wins over a kernel that could not be tested for a reason on our side (3).</summary>
    public static int Of(RunDocument document)
    {
        if (document.Kernels.Any(k => IsUnexpected(k) || k.Cases.Any(c => !c.AsExpected)))
        {
            return Unexpected;
        }
        var nothingTested = document.Kernels.All(k => k.Status == KernelStatus.Unavailable);
        return nothingTested || document.Kernels.Any(IsOurSide) ? NotTestable : AsExpected;
    }

    /// <summary>The kernel failed to boot, hung or crashed without that being expected.</summary>
    public static bool IsUnexpected(KernelResult kernel) => !kernel.AsExpected && !IsOurSide(kernel);

    /// <summary>It could not be tested for a reason on our side.</summary>
    public static bool IsOurSide(KernelResult kernel) => !kernel.AsExpected
        && kernel.Status is KernelStatus.InfraError or KernelStatus.NotRun or KernelStatus.Unavailable;
}
