using CliWrap;
using Harness.Ktap;
using Harness.Machines;
using Harness.Processes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

/// <summary>
/// The real virtme-run and QEMU. Only the kernel is made up: it hangs at its first instruction, or is no kernel at all.
/// </summary>
[Category("VM")]
[NonParallelizable]
public sealed class VirtmeHostTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private TemporaryDirectory _directory = null!;
    private VirtualMachine _vm = null!;

    [SetUp]
    public void Make_machine()
    {
        Assume.That(VirtmeHost.CanServe(VirtmeArguments.Program), "virtme-ng is no package here");
        _directory = new TemporaryDirectory();
        _vm = new VirtualMachine();
    }

    [TearDown]
    public async Task End_machine()
    {
        await _vm.DisposeAsync();
        Assert.That(Qemus(), Is.Empty);
        Assert.That(Hosts(), Is.Empty);
        _directory.Dispose();
    }

    [Test]
    public async Task One_launcher_serves_one_VM_after_the_other()
    {
        var first = await RunAsync(NoKernel());
        var host = Hosts().Single();
        var second = await RunAsync(NoKernel());
        Assert.That(Hosts(), Is.EqualTo(new[] { host }));
        foreach (var end in new[] { first, second })
        {
            Assert.That(end.Ending, Is.EqualTo(VmEnding.Exited));
            Assert.That(end.LauncherError, Does.Contain("qemu"), "QEMU's own words");
        }
    }

    /// <summary>A guest may end just when the harness has it saved.</summary>
    [Test]
    public async Task A_launcher_is_not_ended_by_a_request_to_save_a_guest_that_is_gone()
    {
        await using var host = new VirtmeHost();
        for (var time = 0; time < 2; time++)
        {
            Assert.That(await host.SaveAsync(_directory.Path, CancellationToken.None).WaitAsync(_longest),
                Is.EqualTo("unsaved its VM has ended"));
        }
    }

    [Test]
    public async Task A_launcher_without_room_for_a_guest_that_waits_goes_on_and_says_so()
    {
        await using var host = new VirtmeHost();
        var waiting = new WaitingRequest(-1, "", "", "", null, null, null, "");
        for (var time = 0; time < 2; time++)
        {
            var request = new VirtmeRequest(
                _directory.Path, new Dictionary<string, string?>(), _directory["error"], [], [], waiting);
            await using var vm = await host.LaunchAsync(request, CancellationToken.None);
            Assert.That((await vm.SaveAsync(null)).Problem, Does.StartWith("no room").Or.EqualTo("its VM has ended"));
            Assert.That(await vm.WaitAsync(CancellationToken.None).WaitAsync(_longest), Is.EqualTo(1));
            Assert.That(File.ReadAllText(_directory["error"]), Does.StartWith("no room for a guest that waits: "));
        }
    }

    [Test]
    public async Task VMs_at_the_same_time_have_a_launcher_each()
    {
        var ends = await Task.WhenAll(RunAsync(Hanging(), "a", deadline: 3), RunAsync(Hanging(), "b", deadline: 3));
        Assert.That(ends.Select(e => e.Ending), Is.All.EqualTo(VmEnding.Deadline));
        Assert.That(Hosts(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_deadline_ends_the_VM_and_the_launcher_goes_on()
    {
        var end = await RunAsync(Hanging(), deadline: 2);
        Assert.That(end.Ending, Is.EqualTo(VmEnding.Deadline));
        Assert.That(Qemus(), Is.Empty);
        var host = Hosts().Single();
        Assert.That((await RunAsync(NoKernel())).Ending, Is.EqualTo(VmEnding.Exited));
        Assert.That(Hosts(), Is.EqualTo(new[] { host }));
    }

    [Test]
    public async Task A_cancelled_VM_is_gone()
    {
        using var interrupt = new CancellationTokenSource();
        var running = RunAsync(Hanging(), cancellation: interrupt.Token);
        await ProcessTable.UntilAsync(() => Qemus().Count > 0, "QEMU runs");
        await interrupt.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Qemus(), Is.Empty);
    }

    [Test]
    public async Task A_launcher_that_was_killed_is_told_and_another_takes_its_place()
    {
        var running = RunAsync(Hanging());
        await ProcessTable.UntilAsync(() => Qemus().Count > 0, "QEMU runs");
        var family = Hosts();
        await KillAsync(family);
        Assert.That((await running).Ending, Is.EqualTo(VmEnding.Exited));
        // No process is left that knows of the VM. timeout(1) would end it.
        foreach (var id in Qemus())
        {
            await KillAsync([id]);
        }
        Assert.That((await RunAsync(NoKernel())).LauncherError, Does.Contain("qemu"));
        Assert.That(Hosts().Intersect(family), Is.Empty);
    }

    [Test]
    public async Task Where_the_launcher_alone_was_killed_its_VM_goes_with_it()
    {
        var running = RunAsync(Hanging());
        await ProcessTable.UntilAsync(() => Emulators().Count > 0, "QEMU runs");
        await KillAsync([Hosts().Min()]);
        Assert.That((await running).Ending, Is.EqualTo(VmEnding.Exited));
        Assert.That(Qemus(), Is.Empty);
    }

    [Test]
    public async Task A_launcher_that_was_stopped_is_killed_and_another_takes_its_place()
    {
        var running = RunAsync(Hanging(), deadline: 8);
        await ProcessTable.UntilAsync(() => Emulators().Count > 0, "QEMU runs");
        var family = Hosts();
        await SignalAsync("STOP", family);
        Assert.That((await running.WaitAsync(TimeSpan.FromSeconds(60))).Ending, Is.EqualTo(VmEnding.Deadline));
        Assert.That(Qemus(), Is.Empty);
        Assert.That((await RunAsync(NoKernel())).LauncherError, Does.Contain("qemu"));
        Assert.That(Hosts().Intersect(family), Is.Empty);
    }

    [Test]
    public async Task A_VM_that_ends_under_a_launcher_that_was_stopped_is_noticed_soon()
    {
        var running = RunAsync(Hanging(), deadline: 100);
        await ProcessTable.UntilAsync(() => Emulators().Count > 0, "QEMU runs");
        await SignalAsync("STOP", Hosts());
        await KillAsync(Emulators());
        var end = await running.WaitAsync(TimeSpan.FromSeconds(40));
        Assert.That(end.Ending, Is.EqualTo(VmEnding.Exited));
        Assert.That(end.LauncherError, Does.Contain("qemu-system-x86_64: ended by signal 9"));
    }

    [TestCase("ABRT", 6)]
    [TestCase("SEGV", 11)]
    public async Task A_QEMU_that_fails_once_its_guest_runs_is_the_guests_doing(string signal, int number)
    {
        var console = _directory["vm", "console.log"];
        var running = RunAsync(StubKernel.Speaking(_directory["speaks"]));
        await ProcessTable.UntilAsync(
            () => File.Exists(console) && File.ReadAllText(console) == "x\n",
            "the guest has spoken");
        await SignalAsync(signal, Emulators());
        var judged = Classifier.Classify(await running, ProbeReport.Read("", "feed"));
        Assert.That((judged.Status, judged.Reason), Is.EqualTo((KernelStatus.BootFailed,
            "QEMU ended by itself while the guest ran, which is taken for the guest's doing: "
                + $"qemu-system-x86_64: ended by signal {number}")));
    }

    [Test]
    public async Task A_QEMU_that_the_machine_ended_is_told_from_a_guest_that_reset()
    {
        var running = RunAsync(Hanging());
        await ProcessTable.UntilAsync(() => Emulators().Count > 0, "QEMU runs");
        await KillAsync([Emulators().Single()]);
        var end = await running;
        Assert.That((end.Ending, end.LauncherError), Is.EqualTo((VmEnding.Exited, end.LauncherError)));
        const string Reason = "qemu-system-x86_64: ended by signal 9";
        Assert.That(end.LauncherError, Does.Contain(Reason));
        var judged = Classifier.Classify(end, ProbeReport.Read("", "feed"));
        Assert.That((judged.Status, judged.Reason), Is.EqualTo((KernelStatus.InfraError, Reason)));
    }

    [Test]
    public async Task Without_anybody_to_end_it_QEMU_ends_by_itself()
    {
        Directory.CreateDirectory(_directory["vm"]);
        var sleep = _directory.Write("sleep", "#!/bin/sh\nexec sleep 605\n");
        File.SetUnixFileMode(sleep, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        // What stands in for QEMU is given a program that never ends.
        StandIns.Write(_directory["bin"], MachineList.Default);
        var result = await new Command(_directory["bin", MachineList.Default.QemuProgram])
            .WithArguments(["-kernel", NoKernel(), VirtmeArguments.Mark])
            .WithFurtherVariables(StandIns.Variables(Spec(NoKernel(), "vm", 1), QemuRights.All, null, "1"))
            .WithEnvironmentVariable("HARNESS_QEMU", sleep)
            .TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(124), "as timeout(1) has it");
    }

    private Task<VmEnd> RunAsync(
        string image, string name = "vm", int deadline = 60, CancellationToken cancellation = default) =>
        _vm.RunAsync(Spec(image, name, deadline), null, cancellation);

    private VmSpec Spec(string image, string name, int deadline) => new(
        MachineList.Default, image, image, _directory[name, "console.log"], _directory[name, "channel.ktap"],
        _directory[name, "work"], Accelerator.Tcg, "feed", [], TimeSpan.FromSeconds(deadline));

    /// <summary>By the shell's own kill, because a minimal machine has no such program.</summary>
    private static Task KillAsync(IEnumerable<int> processes) => SignalAsync("KILL", processes);

    private static async Task SignalAsync(string signal, IEnumerable<int> processes) =>
        await new Command("sh").WithArguments(["-c", $"kill -{signal} {string.Join(' ', processes)}"])
            .RunAsync(CancellationToken.None);

    private string NoKernel()
    {
        _directory.Write("none", "no kernel");
        return _directory["none"];
    }

    private string Hanging() => StubKernel.Hanging(_directory["hangs"]);

    /// <summary>QEMU with a guest, and the programs that stand before it.</summary>
    private IReadOnlyList<int> Qemus() =>
        [.. ProcessTable.WithCommandLine(_directory.Path).Intersect(ProcessTable.WithCommandLine("qemu-system"))];

    /// <summary>QEMU itself with a guest.</summary>
    private IReadOnlyList<int> Emulators() => [.. ProcessTable.Emulators(_directory.Path)];

    /// <summary>Those of this process, since another harness may run on this machine.</summary>
    private static IReadOnlyList<int> Hosts() =>
    [
        .. ProcessTable.WithCommandLine("from virtme.commands.run import main")
            .Intersect(ProcessTree.Of(Environment.ProcessId)),
    ];
}
