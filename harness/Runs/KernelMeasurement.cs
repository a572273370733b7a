using Harness.Kernels;
using Harness.Results;

namespace Harness.Runs;

/// <summary>What became of one kernel, before it is compared with what the matrix expects.</summary>
public sealed record KernelMeasurement
{
    public required Kernel Kernel { get; init; }

    public required KernelStatus Status { get; init; }

    /// <summary>Why the status is not <see cref="KernelStatus.Tested"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The archive lists the kernel and does not serve it.</summary>
    public bool NotServed { get; init; }

    /// <summary>What <c>uname -r</c> said in the guest; <c>null</c> when nothing did.</summary>
    public string? Release { get; init; }

    /// <summary>What <c>uname -m</c> said in the guest; <c>null</c> when nothing did.</summary>
    public string? Arch { get; init; }

    /// <summary>Of the image, lower-case hex; <c>null</c> when there was none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>1, and 1 more for each boot that was tried again; 0 when nothing was booted.</summary>
    public int Attempts { get; init; }

    public double Seconds { get; init; }

    /// <summary>The console's log, relative to the run directory.</summary>
    public string? Console { get; init; }

    /// <summary>The last lines of the console, for a kernel that was not tested.</summary>
    public string? ConsoleExcerpt { get; init; }

    /// <summary>The kernel answered only when it was booted as its vendor ships it.</summary>
    public bool BootedPlain { get; init; }

    /// <summary>In place of a boot, the kernel was restored from a snapshot.</summary>
    public bool Warm { get; init; }

    /// <summary>In a boot, the kernel could be saved: its programs came when it had booted.</summary>
    public bool Waited { get; init; }

    /// <summary>In a boot, the harness had unpacked the kernel.</summary>
    public bool BootedUnpacked { get; init; }

    /// <summary>Attempts that failed on this side and were repeated.</summary>
    public IReadOnlyList<RetriedAttempt> Retries { get; init; } = [];

    /// <summary>When the first prober's last VM was started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>From then to the prober's first sign, or to the VM's end where there was none.</summary>
    public double? BootSeconds { get; init; }

    /// <summary>How long the build of its image took; <c>null</c> where this run built none.</summary>
    public double? BuildSeconds { get; init; }

    /// <summary>From the first sign of the first prober to the end of its report.</summary>
    public double? ProbeSeconds { get; init; }

    /// <summary>The kernel ran under emulation, not under KVM.</summary>
    public bool Emulated { get; init; }

    /// <summary>What the kernel complained of on its console while it was asked.</summary>
    public IReadOnlyList<Complaint> Complaints { get; init; } = [];

    /// <summary>Each case with what every boot reported of it.</summary>
    public IReadOnlyList<IReadOnlyList<ProbedAttempt>> Cases { get; init; } = [];
}
