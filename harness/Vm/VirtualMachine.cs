using System.Diagnostics;
using System.Globalization;
using System.Text;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>Launches one VM through virtme-ng, watches its channel, and sees that nothing of it is left.</summary>
/// <param name="qemuVersion">What <c>qemu-system-x86_64 --version</c> says, so that virtme-run need not ask each time; <c>null</c> lets it ask.</param>
public sealed class VirtualMachine(string program = VirtmeArguments.Program, string? qemuVersion = null)
{
    /// <summary>How often the channel is looked at: a fraction of the shortest boot, and no load.</summary>
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(20);

    /// <summary>How long after its deadline a VM can live when nobody is there to end it.</summary>
    private static readonly TimeSpan _lastResort = TimeSpan.FromSeconds(15);

    /// <summary>Boots the VM and waits for its end: the report's end marker, power-off, or the deadline.</summary>
    /// <param name="progress">Told the number of results on the channel, from 0 when the prober has started.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the VM is gone.</exception>
    /// <exception cref="IOException">The run directory cannot be written.</exception>
    public async Task<VmEnd> RunAsync(VmSpec spec, Action<int>? progress, CancellationToken cancellation)
    {
        if (CommandExecution.Find(program) is null)
        {
            return new VmEnd(VmEnding.NotLaunched, "", "", $"{program} is not installed; run scripts/setup", null, TimeSpan.Zero);
        }
        Prepare(spec);
        var clock = Stopwatch.StartNew();
        var errorFile = Path.Combine(spec.WorkDirectory, "launcher.err");
        RunningCommand vm;
        try
        {
            vm = RunningCommand.Start(Launch(spec, errorFile));
        }
        catch (CommandException e)
        {
            return new VmEnd(VmEnding.NotLaunched, "", "", e.Message, null, clock.Elapsed);
        }
        await using (vm)
        {
            TimeSpan? started = null;
            void Progress(int results)
            {
                started ??= clock.Elapsed;
                progress?.Invoke(results);
            }
            var (ending, result) = await WatchAsync(vm, spec, clock, Progress, cancellation).ConfigureAwait(false);
            return new VmEnd(ending, ReadText(spec.ChannelFile), ReadText(spec.ConsoleFile), ReadText(errorFile), result.ExitCode,
                clock.Elapsed, clock.Elapsed - started);
        }
    }

    /// <summary>
    /// timeout(1) of coreutils stands between: a harness that was killed with SIGKILL leaves no VM running for longer
    /// than this, however its kernel hangs. The deadline itself is ours.
    /// </summary>
    private Command Launch(VmSpec spec, string errorFile) => Command.Wrap("timeout")
        .WithArguments(
        [
            "--kill-after=2", (spec.Deadline + _lastResort).TotalSeconds.ToString("0", CultureInfo.InvariantCulture),
            .. VirtmeProgram.Start(program), .. VirtmeArguments.Build(spec),
        ])
        .WithWorkingDirectory(spec.WorkDirectory)
        .WithEnvironmentVariable("TMPDIR", spec.WorkDirectory) // virtme-ng leaves temporary files when it is killed.
        .WithEnvironmentVariable("PYTHONDONTWRITEBYTECODE", "1")
        .WithEnvironmentVariable("PATH", $"{spec.ProgramDirectory}:{Environment.GetEnvironmentVariable("PATH")}")
        .WithStandardErrorFile(errorFile);

    private static async Task<(VmEnding Ending, CommandResult Result)> WatchAsync(
        RunningCommand vm, VmSpec spec, Stopwatch clock, Action<int> progress, CancellationToken cancellation)
    {
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var exit = vm.WaitAsync(watched.Token);
        using var channel = new ChannelReader(spec.ChannelFile, spec.Nonce);
        while (!exit.IsCompleted)
        {
            var wait = TimeSpan.FromTicks(Math.Min(_poll.Ticks, Math.Max(1, (spec.Deadline - clock.Elapsed).Ticks)));
            await Task.WhenAny(exit, Task.Delay(wait, CancellationToken.None)).ConfigureAwait(false);
            if (channel.Advance() is { } results)
            {
                progress(results);
            }
            if (exit.IsCompleted)
            {
                break;
            }
            if (channel.HasEnded || clock.Elapsed >= spec.Deadline)
            {
                var ending = channel.HasEnded ? VmEnding.Finished : VmEnding.Deadline;
                var killed = await vm.KillAsync().ConfigureAwait(false);
                await exit.ConfigureAwait(false);
                return (ending, killed);
            }
        }
        return (VmEnding.Exited, await exit.ConfigureAwait(false));
    }

    private void Prepare(VmSpec spec)
    {
        Directory.CreateDirectory(spec.RootDirectory);
        Directory.CreateDirectory(Path.GetDirectoryName(spec.ConsoleFile)!);
        Directory.CreateDirectory(Path.GetDirectoryName(spec.ChannelFile)!);
        VirtmeProgram.PrepareAnswers(spec.ProgramDirectory, qemuVersion);
        // An earlier attempt's text must not be taken for this one's.
        File.Delete(spec.ConsoleFile);
        File.Delete(spec.ChannelFile);
    }

    private static string ReadText(string path) => File.Exists(path) ? Encoding.UTF8.GetString(File.ReadAllBytes(path)) : "";
}
