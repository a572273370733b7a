namespace Harness.Vm;

/// <summary>What a VM left behind.</summary>
/// <param name="Channel">What the prober wrote, as far as it came.</param>
/// <param name="Console">What the kernel wrote; of a long console, the beginning and the end.</param>
/// <param name="LauncherError">What virtme-run and QEMU said on standard error; a guest does not write there.</param>
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
    TimeSpan? ProbeDuration = null)
{
    /// <summary>
    /// What the guest wrote too much of, as the rest of a sentence that begins with it, where that ended the VM.
    /// </summary>
    public string? Excess { get; init; }

    /// <summary>The guest was restored from a snapshot; otherwise it was booted.</summary>
    public bool Warm { get; init; }

    /// <summary>
    /// The guest was booted so that it could be saved: its programs came when it had booted, as those of a restored one
    /// do.
    /// </summary>
    public bool Waited { get; init; }

    /// <summary>What kept the guest from being restored or saved; <c>null</c> when nothing did.</summary>
    public string? Cold { get; init; }

    /// <summary>How long the guest was held while it was saved; it is no part of its deadline.</summary>
    public TimeSpan Held { get; init; }

    /// <summary>How long it took until the prober's first sign, or until its end where there was none.</summary>
    public TimeSpan Booting => Duration - (ProbeDuration ?? TimeSpan.Zero) - Held is var booting
        && booting > TimeSpan.Zero ? booting : TimeSpan.Zero;

    /// <summary>
    /// Guests of the same kernel that ended before they had read their orders, and for which this one was booted.
    /// </summary>
    public IReadOnlyList<GivenUpGuest> GivenUp { get; init; } = [];

    /// <summary>
    /// How guests of the same kernel, booted with their programs, ended that were asked what may kill them
    /// (<see cref="VirtualMachine.RememberEnd"/>).
    /// </summary>
    public IReadOnlyList<string> KnownEnds { get; init; } = [];

    /// <summary>Of the snapshot that the guest was restored from, or would be; <c>null</c> for any other guest.
    /// </summary>
    internal IReadOnlyList<string>? SnapshotKey { get; init; }
}
