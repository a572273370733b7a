using System.Collections.Concurrent;
using Harness.Kernels;
using Harness.Machines;
using Harness.Probes;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Tests.Support;

/// <summary>The run engine with fake kernels: pieces of shell, launched by <see cref="FakeLauncher"/>.</summary>
internal sealed class RunLab : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _prober;
    private readonly string _init;

    public RunLab()
    {
        Launcher = new FakeLauncher(_directory["launcher"]);
        _prober = _directory.Write("prober", "stands in for the prober");
        _init = _directory.Write("init", "stands in for the guest's init");
    }

    public static IReadOnlyList<ProbeCase> Cases { get; } =
        [new("raw.a", Outcome.Accept, "because"), new("raw.b", Outcome.Reject, "a control")];

    public FakeLauncher Launcher { get; }

    public ConcurrentQueue<RunEvent> Events { get; } = [];

    /// <summary>What the waits between attempts go by.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The run directory.</summary>
    public string Run => _directory["run"];

    public string this[params string[] parts] => _directory[parts];

    /// <summary>A kernel whose image is at hand and whose guest does this.</summary>
    public PlannedKernel Kernel(
        string version, string guest, bool byName = false, string sha256 = Samples.Sha256, Task? after = null)
    {
        var image = new BootImage(Launcher.Image(version, guest), sha256);
        return Of(version, new FixedSource(new ImageResult.Available(image, FromCache: true), after), byName);
    }

    /// <summary>What lies in the cache as the kernel unpacked from every image.</summary>
    public void Unpacked(string guest) => _directory.Write($"cache/vmlinux/{Samples.Sha256}", guest + "\n");

    public static PlannedKernel Of(string version, IImageSource source, bool byName = false) =>
        new(new Kernel($"debian-{version}", KernelVersion.Parse(version), "x86_64", $"fake {version}", source, byName));

    /// <summary>
    /// The deadline of guests that hang: short, and yet longer than a busy host takes for all that a guest says before.
    /// </summary>
    public static TimeSpan Short { get; } = TimeSpan.FromSeconds(3);

    /// <summary>A kernel chosen by rule, with others of its series to stand in for it.</summary>
    public static PlannedKernel Of(PlannedKernel first, params PlannedKernel[] standIns) =>
        first with
        {
            StandIns = [.. standIns.Select(k => k.Kernel with { Note = $"stands in for {first.Kernel.Id}" })],
        };

    public RunPlan Plan(params IReadOnlyList<PlannedKernel> kernels) => new()
    {
        Request = Samples.Request(),
        Kernels = kernels,
        Expectations = [],
        Programs = [new ProgramTask(new NativeProgram("inner-maps", _prober, Samples.Sha256, Cases), Cases)],
        CaseGlobs = [],
        Directory = Run,
        Accelerator = AcceleratorWish.Tcg,
        Timeout = TimeSpan.FromSeconds(30),
        Jobs = 2,
        Retries = new RetryPolicy { FirstWait = TimeSpan.FromMilliseconds(1) },
        DoesWithout = InnerMapsProbe.Instance.DoesWithout.ToHashSet(),
        Probes = Samples.Probes,
        Facts = tasks => RunFacts.OfTasks([], tasks),
    };

    /// <summary>The programs of a plan, the first of which is asked to run just these cases.</summary>
    public static IReadOnlyList<ProgramTask> Asking(RunPlan plan, IReadOnlyList<ProbeCase> cases) =>
        [plan.Programs[0] with { Cases = cases }, .. plan.Programs.Skip(1)];

    public Task<RunDocument> RunAsync(RunPlan plan, CancellationToken cancellation = default) =>
        RunAsync(plan, Launcher.Machine, cancellation);

    public Task<RunDocument> RunAsync(RunPlan plan, VirtualMachine vm, CancellationToken cancellation = default) =>
        new RunEngine(plan, vm, Chooser(vm), Environment, Clock, Events.Enqueue).RunAsync(cancellation);

    /// <summary>What stands in for the init of a machine's guests.</summary>
    public string InitOf(Machine machine) => machine == MachineList.Default ? _init : $"{_init}-{machine.Name}";

    public AcceleratorChooser Chooser(VirtualMachine vm) =>
        new(vm, new AcceleratorMemory(_directory["cache"]), "QEMU 0", _directory["kvm"]);

    /// <summary>What the runs note of this machine.</summary>
    public HostInfo Host { get; set; } = Samples.Run().Host;

    public RunEnvironment Environment => new("0.0.0", Host, _directory["cache"], InitOf);

    public void KillProcesses() => _directory.KillProcesses();

    public void Dispose() => _directory.Dispose();
}
