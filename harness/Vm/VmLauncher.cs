using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CliWrap;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>
/// Starts VMs through virtme-ng: through a launcher that serves one VM after the other where virtme-ng is a package,
/// else through one that is started for the VM.
/// </summary>
/// <param name="program">virtme-run: a name that is looked up in PATH, or a path.</param>
/// <param name="qemuVersions">By the machine's name, what its QEMU program answers to <c>--version</c>.</param>
internal sealed class VmLauncher(string program, IReadOnlyDictionary<string, string>? qemuVersions) : IAsyncDisposable
{
    /// <summary>How long a VM outlives its deadline at most when the harness was killed.</summary>
    private static readonly TimeSpan _lastResort = TimeSpan.FromSeconds(15);

    /// <summary>Launchers that wait for another VM: as many as there were VMs at a time.</summary>
    private readonly ConcurrentBag<VirtmeHost> _idle = [];

    /// <summary>A launcher that serves one VM after the other has failed on this machine.</summary>
    private volatile bool _unservable;

    /// <summary>Whether virtme-run is on this machine.</summary>
    public bool IsInstalled => CommandExecution.Find(program) is not null;

    /// <summary>Whether guests that wait for their orders can be saved and restored.</summary>
    public bool CanSave => !_unservable && VirtmeHost.CanServe(program);

    /// <param name="guest">How the guest is started, where it waits for its orders; else <c>null</c>.</param>
    /// <returns>The VM, and the launcher that serves others after it, if any.</returns>
    /// <exception cref="CommandException">The launcher cannot be started, or does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the VM is left.</exception>
    /// <exception cref="IOException">The VM's directories cannot be written.</exception>
    public async Task<(VirtmeHost? Host, LaunchedVm Vm)> LaunchAsync(
        VmSpec spec, Confinement confinement, string errorFile, WarmGuest? guest, CancellationToken cancellation)
    {
        var start = guest?.Start ?? GuestStart.WithPrograms;
        var rights = QemuConfinement.RightsFor(confinement, spec.Accelerator, spec.SharesHost);
        var readable = Prepare(spec, rights);
        if (guest?.Restored is { } restored)
        {
            // The console goes on where it was when the guest was saved.
            File.WriteAllBytes(
                spec.ConsoleFile,
                [.. SnapshotStore.ConsoleOf(restored), .. Encoding.UTF8.GetBytes(RestoredNote(restored))]);
        }
        var arguments = VirtmeArguments.Build(readable, confinement.Sandbox, start);
        var variables = Variables(readable, rights, guest);
        if (!_unservable && VirtmeHost.CanServe(program))
        {
            var host = _idle.TryTake(out var idle) ? idle : new VirtmeHost();
            try
            {
                var request = new VirtmeRequest(
                    spec.WorkDirectory, variables, errorFile, Writable(spec), arguments, guest?.RequestFor(readable));
                return (host, await host.LaunchAsync(request, cancellation).ConfigureAwait(false));
            }
            catch (CommandException) when (!host.HasLaunched)
            {
                // This virtme-ng has other modules than expected; its own script still works.
                _unservable = true;
                await host.DisposeAsync().ConfigureAwait(false);
                if (guest is not null)
                {
                    throw;
                }
            }
            catch
            {
                await host.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        return (null, new DirectVm(new Command("setsid") // What a terminal signals, it signals to the harness alone.
            .WithArguments(["sh", "-c", StandIns.Guard, "guard", LastResort(spec, guest), program, .. arguments])
            .WithWorkingDirectory(spec.WorkDirectory)
            .WithFurtherVariables(variables)
            .WithStandardErrorFile(errorFile)));
    }

    /// <summary>Keeps a launcher for the next VM. One whose VM may still run is ended.</summary>
    public async ValueTask KeepAsync(VirtmeHost? host)
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

    /// <summary>Ends the launchers that wait for another VM. They would end with the harness, too.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var host))
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <returns>The VM, with files that QEMU's user may read.</returns>
    private static VmSpec Prepare(VmSpec spec, QemuRights rights)
    {
        Directory.CreateDirectory(spec.RootDirectory);
        StandIns.Write(spec.ProgramDirectory, spec.Machine);
        // An earlier attempt's text must not be taken for this one's. An unreadable directory on the way to a file is
        // no matter, as QEMU gets the file as a descriptor.
        foreach (var file in Writable(spec))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, []);
        }
        return rights < QemuRights.OwnUser
            ? spec
            : spec with
            {
                Image = ReadableByAll(spec.Image, Path.Combine(spec.WorkDirectory, "kernel")),
                Initramfs = ReadableByAll(spec.Initramfs, Path.Combine(spec.WorkDirectory, "initramfs")),
                Waiting = spec.Waiting is { } waiting
                    ? waiting with
                    {
                        Initramfs = ReadableByAll(waiting.Initramfs, Path.Combine(spec.WorkDirectory, "waiting")),
                    }
                    : null,
            };
    }

    /// <summary>The file itself where every user may read it, else a copy.</summary>
    private static string ReadableByAll(string file, string copy)
    {
        if (!File.Exists(file) || File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead))
        {
            return file;
        }
        File.Copy(file, copy, overwrite: true);
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        return copy;
    }

    private static IReadOnlyList<string> Writable(VmSpec spec) => [spec.ConsoleFile, spec.ChannelFile];

    /// <summary>What virtme-run's environment has beside the harness's own.</summary>
    private Dictionary<string, string?> Variables(VmSpec spec, QemuRights rights, WarmGuest? guest) => new(
        StandIns.Variables(
            spec, rights, qemuVersions?.GetValueOrDefault(spec.Machine.Name), LastResort(spec, guest),
            guest?.Start ?? GuestStart.WithPrograms))
    {
        // virtme-run hands it on to the guest: the same whoever starts the harness, and what kernels set themselves.
        ["TERM"] = "linux",
        ["TMPDIR"] = spec.WorkDirectory, // virtme-ng leaves temporary files when it is killed.
        ["PATH"] = $"{spec.ProgramDirectory}:{Environment.GetEnvironmentVariable("PATH")}",
        ["PYTHONDONTWRITEBYTECODE"] = "1",
    };

    /// <summary>Seconds after which timeout(1) ends the VM.</summary>
    private static string LastResort(VmSpec spec, WarmGuest? guest) =>
        (spec.Deadline + WaitingWatch.LongestHeld(guest) + _lastResort)
            .TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>A line of a console: what stands above it, the kernel had said in an earlier boot.</summary>
    private static string RestoredNote(Snapshot snapshot) => string.Create(
        CultureInfo.InvariantCulture,
        $"harness: restored from a snapshot of {snapshot.At:yyyy-MM-ddTHH:mm:ssZ}; what stands above was said then\n");
}
