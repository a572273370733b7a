using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>Launches VMs through virtme-ng, watches their channels, and leaves no process of them behind.</summary>
/// <param name="program">The launcher: a name that is looked up in PATH, or a path.</param>
/// <param name="qemuVersions">
/// What each machine's QEMU program answers to <c>--version</c>, by the machine's name, so that virtme-run need not ask
/// before each VM. A program that is missing here is asked.
/// </param>
public sealed class VirtualMachine(
    string program = VirtmeArguments.Program, IReadOnlyDictionary<string, string>? qemuVersions = null)
    : IAsyncDisposable
{
    /// <summary>Time between two looks at the channel: a fraction of the shortest boot, and no load.</summary>
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Time between two looks at the console of a guest that is about to restart.</summary>
    private static readonly TimeSpan _goodbyePoll = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan _longestGoodbye = TimeSpan.FromSeconds(1);

    /// <summary>How long a VM outlives its deadline at most when the harness was killed.</summary>
    private static readonly TimeSpan _lastResort = TimeSpan.FromSeconds(15);

    /// <summary>Launchers that wait for another VM: as many as there were VMs at a time.</summary>
    private readonly ConcurrentBag<VirtmeHost> _idle = [];

    /// <summary>A launcher that serves one VM after the other has failed on this machine.</summary>
    private volatile bool _unservable;

    /// <summary>Boots the VM and waits for its end: the report's end marker, power-off, or the deadline.</summary>
    /// <param name="progress">Told the number of results on the channel, from 0 when the prober has started.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the VM is gone.</exception>
    /// <exception cref="IOException">The run directory cannot be written.</exception>
    public async Task<VmEnd> RunAsync(VmSpec spec, Action<int>? progress, CancellationToken cancellation)
    {
        if (CommandExecution.Find(program) is null)
        {
            return NotLaunched($"{program} is not installed; run scripts/setup", TimeSpan.Zero);
        }
        Prepare(spec);
        var clock = Stopwatch.StartNew();
        var errorFile = Path.Combine(spec.WorkDirectory, "launcher.err");
        File.Delete(errorFile);
        VirtmeHost? host = null;
        try
        {
            LaunchedVm vm;
            try
            {
                (host, vm) = await LaunchAsync(spec, errorFile, cancellation).ConfigureAwait(false);
            }
            catch (CommandException e)
            {
                return NotLaunched(e.Message, clock.Elapsed);
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
                var (ending, exitCode) =
                    await WatchAsync(vm, spec, output, clock, Progress, cancellation).ConfigureAwait(false);
                return new VmEnd(
                    output.Excess is null ? ending : VmEnding.Overflow, output.ChannelText(),
                    ConsoleText.Read(spec.ConsoleFile), output.ErrorText(), exitCode, clock.Elapsed,
                    clock.Elapsed - started)
                {
                    Excess = output.Excess,
                };
            }
        }
        finally
        {
            await KeepAsync(host).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the launchers that wait for another VM. They would end with the harness, too.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var host))
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Launches a VM through a launcher that serves one VM after the other where virtme-ng is a package, else through
    /// one that is started for this VM.
    /// </summary>
    private async Task<(VirtmeHost? Host, LaunchedVm Vm)> LaunchAsync(
        VmSpec spec, string errorFile, CancellationToken cancellation)
    {
        if (!_unservable && VirtmeHost.CanServe(program))
        {
            var host = _idle.TryTake(out var idle) ? idle : new VirtmeHost();
            try
            {
                return (host, await host.LaunchAsync(Request(spec, errorFile), cancellation).ConfigureAwait(false));
            }
            catch (CommandException) when (!host.HasLaunched)
            {
                // This virtme-ng has other modules than expected; its own script still works.
                _unservable = true;
                await host.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await host.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        return (null, new DirectVm(RunningCommand.Start(Launch(spec, errorFile))));
    }

    /// <summary>Keeps a launcher for the next VM. One whose VM may still run is ended.</summary>
    private async ValueTask KeepAsync(VirtmeHost? host)
    {
        if (host is { IsIdle: true })
        {
            _idle.Add(host);
        }
        else if (host is not null)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// timeout(1) stands before the launcher, so that no VM outlives a harness that was killed with SIGKILL for long.
    /// The harness itself ends a VM at its deadline.
    /// </summary>
    private Command Launch(VmSpec spec, string errorFile) => new Command("timeout")
        .WithArguments(["--kill-after=2", LastResort(spec), program, .. VirtmeArguments.Build(spec)])
        .WithWorkingDirectory(spec.WorkDirectory)
        .WithFurtherVariables(Variables(spec))
        .WithStandardErrorFile(errorFile);

    /// <summary>
    /// The same for a launcher that runs already: there, timeout(1) stands before QEMU (<see cref="StandIns"/>).
    /// </summary>
    private VirtmeRequest Request(VmSpec spec, string errorFile) =>
        new(spec.WorkDirectory, Variables(spec), errorFile, VirtmeArguments.Build(spec));

    /// <summary>What virtme-run's environment has beside the harness's own.</summary>
    private Dictionary<string, string?> Variables(VmSpec spec) => new(
        StandIns.Variables(
            spec.Machine, qemuVersions?.GetValueOrDefault(spec.Machine.Name), LastResort(spec), LongestFile(spec)))
    {
        ["TMPDIR"] = spec.WorkDirectory, // virtme-ng leaves temporary files when it is killed.
        ["PATH"] = $"{spec.ProgramDirectory}:{Environment.GetEnvironmentVariable("PATH")}",
        ["PYTHONDONTWRITEBYTECODE"] = "1",
    };

    /// <summary>Seconds after which timeout(1) ends the VM.</summary>
    private static string LastResort(VmSpec spec) =>
        (spec.Deadline + _lastResort).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>In bytes, and never less than the guest's memory, as QEMU can keep that in a file, too.</summary>
    private static long LongestFile(VmSpec spec) =>
        Math.Max((long)spec.MemoryMiB << 20, 2 * Math.Max(spec.Limits.Console, spec.Limits.Channel));

    private static async Task<(VmEnding Ending, int ExitCode)> WatchAsync(
        LaunchedVm vm, VmSpec spec, GuestOutput output, Stopwatch clock, Action<int> progress,
        CancellationToken cancellation)
    {
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var exit = vm.WaitAsync(watched.Token);
        var ending = VmEnding.Exited;
        while (ending == VmEnding.Exited && !exit.IsCompleted)
        {
            var wait = TimeSpan.FromTicks(Math.Min(_poll.Ticks, Math.Max(1, (spec.Deadline - clock.Elapsed).Ticks)));
            await Task.WhenAny(exit, Task.Delay(wait, CancellationToken.None)).ConfigureAwait(false);
            if (output.Look() is { } results)
            {
                progress(results);
            }
            ending = exit.IsCompleted ? VmEnding.Exited
                : output.Excess is not null ? VmEnding.Overflow
                : output.HasEnded ? VmEnding.Finished
                : clock.Elapsed >= spec.Deadline ? VmEnding.Deadline
                : VmEnding.Exited;
        }
        if (ending == VmEnding.Finished)
        {
            await SeeOffAsync(exit, spec.ConsoleFile).ConfigureAwait(false);
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

    /// <summary>
    /// Gives the kernel the time that it takes to restart the machine, at most a second: until then it may still panic,
    /// and its console says so. The restart itself is not waited for.
    /// </summary>
    private static async Task SeeOffAsync(Task exit, string console)
    {
        var clock = Stopwatch.StartNew();
        while (!exit.IsCompleted && clock.Elapsed < _longestGoodbye
            && !LastWords(console).Contains("reboot: ", StringComparison.Ordinal))
        {
            await Task.WhenAny(exit, Task.Delay(_goodbyePoll, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    /// <summary>The end of what the kernel wrote.</summary>
    private static string LastWords(string console)
    {
        if (!File.Exists(console))
        {
            return "";
        }
        const int Length = 256;
        using var file = new FileStream(
            console, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Seek(-Math.Min(file.Length, Length), SeekOrigin.End);
        var end = new byte[Length];
        return Encoding.ASCII.GetString(end, 0, file.ReadAtLeast(end, Length, throwOnEndOfStream: false));
    }

    private static void Prepare(VmSpec spec)
    {
        Directory.CreateDirectory(spec.RootDirectory);
        Directory.CreateDirectory(Path.GetDirectoryName(spec.ConsoleFile)!);
        Directory.CreateDirectory(Path.GetDirectoryName(spec.ChannelFile)!);
        StandIns.Write(spec.ProgramDirectory, spec.Machine);
        // An earlier attempt's text must not be taken for this one's.
        File.Delete(spec.ConsoleFile);
        File.Delete(spec.ChannelFile);
    }

    private static VmEnd NotLaunched(string why, TimeSpan duration) =>
        new(VmEnding.NotLaunched, "", "", why, null, duration);
}
