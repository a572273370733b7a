using System.Collections.Concurrent;
using System.Diagnostics;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>Boots VMs, watches their channels, and leaves no process of them behind.</summary>
/// <param name="program">The launcher: a name that is looked up in PATH, or a path.</param>
/// <param name="qemuVersions">
/// What each machine's QEMU program answers to <c>--version</c>, by the machine's name, so that virtme-run need not ask
/// before each VM. A program that is missing here is asked.
/// </param>
/// <param name="cacheRoot">
/// The user's cache, where it is remembered what QEMU can be kept from; <c>null</c> finds that out anew.
/// </param>
/// <param name="snapshotBytes">
/// How many bytes snapshots in the user's cache may take; 0 boots every guest.
/// </param>
/// <param name="unhealthy">
/// What on a console says that its kernel is not well, so that it is not saved; <c>null</c> when nothing does.
/// </param>
public sealed class VirtualMachine(
    string program = VirtmeArguments.Program,
    IReadOnlyDictionary<string, string>? qemuVersions = null,
    string? cacheRoot = null,
    long snapshotBytes = 0,
    Func<string, string?>? unhealthy = null)
    : IAsyncDisposable
{
    /// <summary>Time between two looks at the channel: a fraction of the shortest boot, and no load.</summary>
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(20);

    private readonly VmLauncher _launcher = new(program, qemuVersions);

    /// <summary><c>null</c> where every guest is booted.</summary>
    private readonly WarmStarts? _warm = cacheRoot is not null && snapshotBytes > 0
        ? new WarmStarts(
            new SnapshotStore(cacheRoot, snapshotBytes, TimeProvider.System), new SnapshotKeys(qemuVersions).OfAsync,
            unhealthy ?? (_ => null))
        : null;

    /// <summary>By the machine's name.</summary>
    private readonly ConcurrentDictionary<string, QemuConfinement> _confinements = new(StringComparer.Ordinal);

    /// <summary>Of VMs whose guests were heard of.</summary>
    private readonly ConcurrentDictionary<string, bool> _reasonsForRoot = new(StringComparer.Ordinal);

    /// <summary>What a reader should know: why QEMU is not kept from all that it could be kept from.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. _confinements.Values.SelectMany(c => c.Current.Reasons).Concat(_reasonsForRoot.Keys)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Boots the VM, or restores it, and waits for its end: the report's end marker, power-off, or the deadline.
    /// </summary>
    /// <param name="progress">Told the number of results on the channel, from 0 when the prober has started.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the VM is gone.</exception>
    /// <exception cref="IOException">The run directory cannot be written.</exception>
    public async Task<VmEnd> RunAsync(VmSpec spec, Action<int>? progress, CancellationToken cancellation)
    {
        if (!_launcher.IsInstalled)
        {
            return NotLaunched($"{program} is not installed; run scripts/setup", TimeSpan.Zero);
        }
        var confinement = _confinements.GetOrAdd(
            spec.Machine.Name,
            name => new QemuConfinement(spec.Machine, qemuVersions?.GetValueOrDefault(name), cacheRoot));
        if (_warm is null || !_launcher.CanSave || !WarmStarts.IsFor(spec))
        {
            return (await StartAsync(null).ConfigureAwait(false)).End;
        }
        return await _warm.RunAsync(spec, StartAsync).ConfigureAwait(false);

        Task<VmBoot> StartAsync(WarmGuest? guest) =>
            BootConfinedAsync(spec, guest, confinement, progress, cancellation);
    }

    /// <summary>
    /// Removes the snapshot of a guest that was restored, or booted to be saved, and answered otherwise than one that
    /// was booted with its programs.
    /// </summary>
    /// <param name="why">In words.</param>
    public void DistrustSnapshot(VmEnd end, string why)
    {
        if (end.SnapshotKey is { } key)
        {
            _warm?.Distrust(key, why);
        }
    }

    /// <summary>
    /// Remembers how a guest ended that was booted with its programs and asked what may kill it: one that is restored
    /// and ends likewise is <see cref="VmEnd.KnownEnds">known</see> to do so by itself.
    /// </summary>
    /// <param name="guest">That one, or the restored one in whose place it was booted.</param>
    /// <param name="how">In words that are the same each time.</param>
    public void RememberEnd(VmEnd guest, string how)
    {
        if (guest.SnapshotKey is { } key)
        {
            _warm?.RememberEnd(key, how);
        }
    }

    /// <summary>Removes all snapshots of kernels with an image, as what was booted of it may be damaged.</summary>
    public void ForgetSnapshotsOf(string imageSha256) => _warm?.Forget(imageSha256);

    public ValueTask DisposeAsync() => _launcher.DisposeAsync();

    private async Task<VmBoot> BootConfinedAsync(
        VmSpec spec, WarmGuest? guest, QemuConfinement confinement, Action<int>? progress,
        CancellationToken cancellation)
    {
        for (; ; )
        {
            var current = confinement.Current;
            var boot = await BootAsync(spec, guest, current, progress, cancellation).ConfigureAwait(false);
            var end = boot.End;
            if (end.Channel.Length > 0 && !spec.SharesHost
                && QemuConfinement.ReasonForRoot(current, spec.Accelerator) is { } reason)
            {
                _reasonsForRoot.TryAdd(reason, true);
            }
            // What only a guest that waits needs, says nothing about the others: it is booted as they are.
            if ((guest is not null && end.Channel.Length == 0) || !confinement.Learn(current, end))
            {
                return boot;
            }
        }
    }

    private async Task<VmBoot> BootAsync(
        VmSpec spec, WarmGuest? guest, Confinement confinement, Action<int>? progress,
        CancellationToken cancellation)
    {
        Directory.CreateDirectory(spec.WorkDirectory);
        var clock = Stopwatch.StartNew();
        var errorFile = Path.Combine(spec.WorkDirectory, "launcher.err");
        File.Delete(errorFile);
        VirtmeHost? host = null;
        try
        {
            LaunchedVm vm;
            try
            {
                (host, vm) = await _launcher
                    .LaunchAsync(spec, confinement, errorFile, guest, cancellation)
                    .ConfigureAwait(false);
            }
            catch (CommandException e)
            {
                File.Delete(spec.ConsoleFile);
                File.Delete(spec.ChannelFile);
                return new VmBoot(NotLaunched(e.Message, clock.Elapsed));
            }
            await using (vm)
            {
                TimeSpan? started = null;
                void Progress(int results)
                {
                    started ??= clock.Elapsed;
                    progress?.Invoke(results);
                }
                using var output = new GuestOutput(spec, errorFile);
                var waiting = guest is null ? null : new WaitingWatch(_warm!, guest, vm, spec, output);
                var (ending, exitCode) =
                    await WatchAsync(vm, spec, output, waiting, clock, Progress, cancellation).ConfigureAwait(false);
                var end = new VmEnd(
                    output.Excess is null ? ending : VmEnding.Overflow, output.ChannelText(),
                    ConsoleText.Read(spec.ConsoleFile), output.ErrorText(), exitCode, clock.Elapsed,
                    clock.Elapsed - started)
                {
                    Excess = output.Excess,
                    Held = waiting?.Held ?? TimeSpan.Zero,
                };
                return waiting is null
                    ? new VmBoot(end)
                    : new VmBoot(end, output.IsReady, output.WasAsked, await waiting.ProblemAsync(end)
                        .ConfigureAwait(false));
            }
        }
        finally
        {
            await _launcher.KeepAsync(host).ConfigureAwait(false);
        }
    }

    private static async Task<(VmEnding Ending, int ExitCode)> WatchAsync(
        LaunchedVm vm, VmSpec spec, GuestOutput output, WaitingWatch? waiting, Stopwatch clock,
        Action<int> progress, CancellationToken cancellation)
    {
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var exit = vm.WaitAsync(watched.Token);
        var ending = VmEnding.Exited;
        while (ending == VmEnding.Exited && !exit.IsCompleted)
        {
            var left = (waiting?.Deadline ?? spec.Deadline) - clock.Elapsed;
            var wait = TimeSpan.FromTicks(Math.Min(_poll.Ticks, Math.Max(1, left.Ticks)));
            await Task.WhenAny(exit, Task.Delay(wait, CancellationToken.None)).ConfigureAwait(false);
            if (output.Look() is { } results)
            {
                progress(results);
            }
            if (!exit.IsCompleted)
            {
                waiting?.Look();
            }
            ending = exit.IsCompleted ? VmEnding.Exited
                : output.Excess is not null ? VmEnding.Overflow
                : output.HasEnded ? VmEnding.Finished
                : clock.Elapsed >= (waiting?.Deadline ?? spec.Deadline) || waiting?.IsOverdue == true
                    ? VmEnding.Deadline
                : VmEnding.Exited;
        }
        if (ending == VmEnding.Finished)
        {
            await MachineRestart.WaitAsync(exit, spec.ConsoleFile).ConfigureAwait(false);
        }
        if (ending != VmEnding.Exited)
        {
            await vm.KillAsync().ConfigureAwait(false);
        }
        var exitCode = await exit.ConfigureAwait(false);
        if (output.Finish() is { } last)
        {
            progress(last);
        }
        return (ending, exitCode);
    }

    private static VmEnd NotLaunched(string why, TimeSpan duration) =>
        new(VmEnding.NotLaunched, "", "", why, null, duration);
}
