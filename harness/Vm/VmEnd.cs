namespace Harness.Vm;

/// <summary>What a VM left behind.</summary>
/// <param name="Channel">What the prober wrote, as far as it came.</param>
/// <param name="Console">What the kernel wrote.</param>
/// <param name="LauncherError">What virtme-run and QEMU said on standard error.</param>
/// <param name="Duration">From launch to the VM's end.</param>
/// <param name="ProbeDuration">
/// From the first line on the channel to the VM's end; <c>null</c> when nothing was written there.
/// </param>
/// <param name="ExitCode">
/// virtme-run's; it says little, since 255 and even 0 stand for several kinds of failure. <c>null</c> when nothing was
/// launched.
/// </param>
public sealed record VmEnd(
    VmEnding Ending,
    string Channel,
    string Console,
    string LauncherError,
    int? ExitCode,
    TimeSpan Duration,
    TimeSpan? ProbeDuration = null);
