namespace Harness.Vm;

/// <summary>How a VM came to its end.</summary>
public enum VmEnding
{
    /// <summary>QEMU ended by itself: power-off, or a reset, which ends it too.</summary>
    Exited,

    /// <summary>The prober had closed its report, so the VM was not needed any more and was ended.</summary>
    Finished,

    /// <summary>The deadline passed; the process tree was killed.</summary>
    Deadline,

    /// <summary>The launcher could not be started.</summary>
    NotLaunched,
}

/// <summary>Everything a VM left behind, for the classifier to judge.</summary>
/// <param name="Channel">What the prober wrote, as far as it came.</param>
/// <param name="Console">What the kernel wrote.</param>
/// <param name="LauncherError">What virtme-run and QEMU said on standard error.</param>
/// <param name="ProbeDuration">From the prober's first sign on the channel to the VM's end; <c>null</c> without one.</param>
/// <param name="ExitCode">virtme-run's; says little, since 255 and even 0 stand for several kinds of failure.</param>
public sealed record VmEnd(VmEnding Ending, string Channel, string Console, string LauncherError, int? ExitCode, TimeSpan Duration,
    TimeSpan? ProbeDuration = null);
