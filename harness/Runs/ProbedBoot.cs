using Harness.Ktap;
using Harness.Results;

namespace Harness.Runs;

/// <summary>What came of booting a kernel with one prober, after any second attempt.</summary>
/// <param name="Prober">The prober's label; empty for the first.</param>
/// <param name="Attempts">Boots.</param>
/// <param name="Probing">From the prober's first sign to the end of its report.</param>
/// <param name="Console">The console's log, relative to the run directory; <c>null</c> when there is none.</param>
public sealed record ProbedBoot(
    string Prober, Classification Classification, ProbeReport Report, int Attempts, TimeSpan? Probing, string? Console)
{
    /// <summary>The prober was heard of; where it was not, another one would not be either.</summary>
    public bool ReachedProber => Classification.Status is not (KernelStatus.BootFailed or KernelStatus.BootTimeout or KernelStatus.InfraError);
}

/// <summary>Makes one row of a kernel's boots. Pure.</summary>
public static class BootMerge
{
    /// <summary>From best to worst: what the kernel did weighs more than what our side did, and more the later it did it.</summary>
    private static readonly KernelStatus[] _order =
    [
        KernelStatus.Tested, KernelStatus.InfraError, KernelStatus.BootTimeout, KernelStatus.BootFailed,
        KernelStatus.ProbeError, KernelStatus.ProbeTimeout, KernelStatus.Crashed,
    ];

    /// <summary>The boot that decides the kernel's status: the worst, the first of equals.</summary>
    public static ProbedBoot Decisive(IReadOnlyList<ProbedBoot> boots) => boots.MaxBy(b => Array.IndexOf(_order, b.Classification.Status))!;

    /// <summary>The status and the reason, which names the prober when there were several.</summary>
    public static Classification Classify(IReadOnlyList<ProbedBoot> boots)
    {
        var (prober, classification) = (Decisive(boots).Prober, Decisive(boots).Classification);
        return boots.Count == 1 && prober.Length == 0 || classification.Reason is null
            ? classification
            : classification with { Reason = $"with {(prober.Length == 0 ? "the machine's libbpf" : prober)}: {classification.Reason}" };
    }

    /// <summary>1, and 1 more for each boot that was tried again.</summary>
    public static int Attempts(IReadOnlyList<ProbedBoot> boots) => 1 + boots.Sum(b => b.Attempts - 1);
}
