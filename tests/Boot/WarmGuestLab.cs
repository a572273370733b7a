using System.Collections.Concurrent;
using CliWrap;
using Harness.Guest;
using Harness.Machines;
using Harness.Probes.InnerMaps;
using Harness.Processes;
using Harness.Runs;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Boot;

/// <summary>VMs of one real kernel whose snapshots are in a cache of their own.</summary>
internal sealed class WarmGuestLab : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _guests = new(StringComparer.Ordinal);
    private readonly List<VirtualMachine> _machines = [];
    private string _kernel = "";
    private string _waiting = "";
    private int _started;

    public static async Task<WarmGuestLab> MakeAsync()
    {
        var init = await File.ReadAllBytesAsync(RealRun.Repository.Init);
        var lab = new WarmGuestLab { _kernel = await RealRun.UnpackedKernelAsync() };
        lab._waiting = GuestImage.Store(lab._directory["guests"], init, []);
        return lab;
    }

    /// <summary>The directories of the snapshots.</summary>
    public IReadOnlyList<string> Snapshots => Directory.Exists(_directory["cache", "snapshots"])
        ? [.. Directory.EnumerateDirectories(_directory["cache", "snapshots"])]
        : [];

    /// <summary>A file of the only snapshot.</summary>
    public string FileOfSnapshot(string name) => Path.Combine(Snapshots.Single(), name);

    public VirtualMachine Machine(long snapshotBytes = 1L << 30)
    {
        var machine = new VirtualMachine(
            cacheRoot: _directory["cache"], snapshotBytes: snapshotBytes, unhealthy: ConsoleHealth.Problem);
        _machines.Add(machine);
        return machine;
    }

    /// <summary>Starts a VM whose only program does this, in C.</summary>
    /// <param name="body">Of its main(): <c>nonce</c> is the VM's.</param>
    public async Task<VmEnd> RunAsync(
        VirtualMachine vm, string body, int deadline = 60, Func<VmSpec, VmSpec>? change = null) =>
        await vm.RunAsync(await SpecAsync(body, deadline, change), null, CancellationToken.None);

    private async Task<VmSpec> SpecAsync(string body, int deadline, Func<VmSpec, VmSpec>? change)
    {
        var number = Interlocked.Increment(ref _started);
        string Path(string name) => _directory[$"vm-{number}", name];
        var spec = new VmSpec(
            MachineList.Default, _kernel,
            await _guests.GetOrAdd(body, _ => new Lazy<Task<string>>(() => GuestAsync(body))).Value,
            Path("console.log"), Path("channel.ktap"),
            Path("work"), Accelerator.Tcg, $"feed{number}", [], TimeSpan.FromSeconds(deadline))
        {
            DoesWithout = InnerMapsProbe.Instance.DoesWithout.ToHashSet(),
            Waiting = new WaitingStart(_waiting, new string('0', 64), Unpacked: true),
        };
        return change is null ? spec : change(spec);
    }

    private async Task<string> GuestAsync(string body)
    {
        var source = _directory.Write("probe.c", $$"""
            #include <fcntl.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/io.h>
            #include <sys/random.h>
            #include <time.h>
            #include <unistd.h>

            static const char *nonce = "";

            static void report(const char *id, const char *text)
            {
                char all[1024];

                snprintf(all, sizeof(all), "KTAP version 1\n"
                         "# prober protocol=1 nonce=%s release=r machine=x86_64 cases=1\n1..1\n"
                         "ok 1 %s # SKIP want=accept outcome=null reason=%s\n# end nonce=%s count=1\n",
                         nonce, id, text, nonce);
                ioperm(0xe9, 1, 1);
                for (const char *at = all; *at; at++)
                    outb(*at, 0xe9);
            }

            int main(int count, char **arguments)
            {
                for (int i = 1; i + 1 < count; i++)
                    if (!strcmp(arguments[i], "--nonce"))
                        nonce = arguments[i + 1];
                {{body}}
                return 0;
            }
            """);
        await new Command("gcc").WithArguments(["-O1", "-static", "-o", _directory["probe"], source])
            .RunAsync(CancellationToken.None);
        var init = await File.ReadAllBytesAsync(RealRun.Repository.Init);
        var probe = new GuestProgram("probe", await File.ReadAllBytesAsync(_directory["probe"]));
        return GuestImage.Store(_directory["guests"], init, [probe]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines)
        {
            await machine.DisposeAsync();
        }
        Assert.That(ProcessTable.Naming(_directory.Path), Is.Empty);
        _directory.Dispose();
    }
}
