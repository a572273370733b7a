using Harness.Results;

namespace Harness.Reports;

/// <summary>How KCIDB calls what came of a build or a test.</summary>
internal static class KcidbStatus
{
    public const string Pass = "PASS";

    /// <summary>The kernel is at fault.</summary>
    public const string Fail = "FAIL";

    /// <summary>It did not apply to this kernel.</summary>
    public const string Skip = "SKIP";

    /// <summary>The test itself did not come to an answer.</summary>
    public const string Error = "ERROR";

    /// <summary>This side could not run it.</summary>
    public const string Miss = "MISS";

    /// <summary>Repeats that disagree are no verdict.</summary>
    public static string Of(CaseStatus status) => status switch
    {
        CaseStatus.Pass => Pass,
        CaseStatus.Fail => Fail,
        CaseStatus.Skip => Skip,
        _ => Error,
    };

    /// <summary>Whether the kernel came to the prober.</summary>
    public static string OfBoot(KernelStatus status) => status switch
    {
        KernelStatus.BootFailed or KernelStatus.BootTimeout => Fail,
        KernelStatus.Unavailable or KernelStatus.InfraError or KernelStatus.NotRun => Miss,
        _ => Pass,
    };

    /// <summary>Of a kernel that came to the prober: whether it bore all questions, and without a complaint.</summary>
    public static string OfProbing(KernelStatus status) => status switch
    {
        KernelStatus.ProbeTimeout or KernelStatus.ProbeError => Error,
        _ => Fail,
    };
}
