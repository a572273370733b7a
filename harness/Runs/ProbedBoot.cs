using Harness.Ktap;
using Harness.Results;

namespace Harness.Runs;

/// <summary>What a boot of a kernel, after any second attempt, says of one program in its guest.</summary>
/// <param name="Prober">The program's label; empty for the run's first.</param>
/// <param name="Attempts">How many boots it took; 1 for all but the first of the programs that share a boot.</param>
/// <param name="Probing">The time from the first program's first sign to the end of the last report.</param>
/// <param name="Console">The console's log, relative to the run directory; <c>null</c> when there is none.</param>
public sealed record ProbedBoot(
    string Prober, Classification Classification, ProbeReport Report, int Attempts, TimeSpan? Probing, string? Console)
{
    /// <summary>What the program is called in sentences.</summary>
    public string Program { get; init; } = Prober;

    /// <summary>When the last VM was started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>From then to the prober's first sign, or to the VM's end; <c>null</c> when no VM ran.</summary>
    public TimeSpan? Booting { get; init; }

    /// <summary>Which of several boots with this program, counted from 1.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>What the kernel complained of in the last boot.</summary>
    public IReadOnlyList<Complaint> Complaints { get; init; } = [];

    /// <summary>
    /// The last boot was without parameters that only save time (<see cref="Machines.KernelParameters.Lean"/>).
    /// </summary>
    public bool Plain { get; init; }

    /// <summary>The last boot was none: the kernel was restored from a snapshot.</summary>
    public bool Warm { get; init; }

    /// <summary>In the last boot, the kernel could be saved: its programs came when it had booted.</summary>
    public bool Waited { get; init; }

    /// <summary>
    /// The kernel was asked alone what may kill it, and the deadline is all that says that it died: a host that is busy
    /// for as long looks like that, too.
    /// </summary>
    public bool HungAlone { get; init; }

    /// <summary>
    /// How the kernel ended that was asked alone what may kill it (<see cref="AloneEnd"/>); <c>null</c> in any other
    /// boot, and where that cannot be told.
    /// </summary>
    public string? AloneEnd { get; init; }

    /// <summary>The last boot was of the kernel that the harness had unpacked.</summary>
    public bool Unpacked { get; init; }

    /// <summary>Attempts at this boot that failed on this side and were repeated.</summary>
    public IReadOnlyList<RetriedAttempt> Retries { get; init; } = [];

    /// <summary>The prober reported something. Where it did not, another prober would not either.</summary>
    public bool ReachedProber => Classification.Status
        is not (KernelStatus.BootFailed or KernelStatus.BootTimeout or KernelStatus.InfraError);
}
