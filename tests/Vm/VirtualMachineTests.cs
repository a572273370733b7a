using System.Globalization;
using CliWrap;
using Harness.Machines;
using Harness.Processes;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class VirtualMachineTests
{
    private TemporaryDirectory _directory = null!;
    private FakeLauncher _launcher = null!;

    [SetUp]
    public void MakeLauncher()
    {
        _directory = new TemporaryDirectory();
        _launcher = new FakeLauncher(_directory["launcher"]);
    }

    [TearDown]
    public void RemoveLauncher()
    {
        _directory.KillProcesses();
        _directory.Dispose();
    }

    [Test]
    public async Task A_VM_that_has_reported_is_not_waited_for()
    {
        var progress = new List<int>();
        var end = await RunAsync("whole; hang", progress: progress.Add);
        Assert.That(end.Ending, Is.EqualTo(VmEnding.Finished));
        Assert.That(end.ProbeDuration, Is.Not.Null);
        Assert.That(progress[^1], Is.EqualTo(2));
        Assert.That(progress, Is.Ordered);
    }

    [Test]
    public async Task What_it_left_is_all_there()
    {
        var end = await RunAsync("say héllo; printf 'cut short' >>\"$channel\"; complain bad; exit 3");
        Assert.That((end.Ending, end.ExitCode, end.Console, end.Channel, end.LauncherError, end.ProbeDuration),
            Is.EqualTo((VmEnding.Exited, 3, "héllo\n", "cut short", "bad\n", (TimeSpan?)null)));
        Assert.That(end.Excess, Is.Null);
    }

    [Test]
    public async Task Results_are_counted_however_they_are_cut_on_the_way()
    {
        var progress = new List<int>();
        const string Guest = "header; printf 'ok 1 ra' >>\"$channel\"; sleep 0.3; line 'w.a # x'; sleep 0.3; b; end";
        await RunAsync(Guest, progress: progress.Add);
        // A busy machine may look less often.
        Assert.That(progress, Is.SubsetOf(new[] { 0, 1, 2 }).And.Ordered);
        Assert.That(progress[^1], Is.EqualTo(2));
    }

    [Test]
    public async Task The_end_marker_of_another_VM_ends_nothing()
    {
        var end = await RunAsync("nonce=beef; whole; hang", deadline: 1);
        Assert.That(end.Ending, Is.EqualTo(VmEnding.Deadline));
    }

    [Test]
    public async Task A_deadline_ends_the_whole_family()
    {
        const string Guest = """
            setsid sleep 601 &
            echo $! >"$here/pids"
            (sleep 602 & echo $! >>"$here/pids"; wait) &
            wait
            """;
        var end = await RunAsync(Guest, deadline: 1);
        var family = ProcessesOfGuest();
        Assert.That(end.Ending, Is.EqualTo(VmEnding.Deadline));
        Assert.That(family, Has.Count.EqualTo(2));
        Assert.That(family.Where(ProcessTable.IsRunning), Is.Empty);
    }

    /// <summary>The guard is what the harness starts: it runs timeout(1), which runs the launcher.</summary>
    [Test]
    public async Task A_guard_that_is_killed_takes_its_VM_along()
    {
        var running = RunAsync("echo $$ >\"$here/pids\"; header; hang");
        await ProcessTable.UntilAsync(() => File.Exists(_directory["launcher", "pids"])
            && ProcessesOfGuest().Count == 1, "the guest runs");
        var launcher = ProcessesOfGuest().Single();
        var guard = ProcessTable.Parent(ProcessTable.Parent(launcher));
        Assert.That(ProcessTable.Parent(guard), Is.EqualTo(Environment.ProcessId));
        await new Command("sh").WithArguments(["-c", $"kill -KILL {guard}"]).RunAsync(CancellationToken.None);
        Assert.That((await running).ExitCode, Is.EqualTo(128 + 9));
        await ProcessTable.UntilAsync(() => !ProcessTable.IsRunning(launcher), "the launcher has ended", seconds: 5);
    }

    [Test]
    public void A_cancelled_VM_is_gone()
    {
        using var interrupt = new CancellationTokenSource();
        const string Guest = "echo $$ >\"$here/pids\"; header; hang";
        Assert.That(
            async () => await RunAsync(Guest, progress: _ => interrupt.Cancel(), cancellation: interrupt.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(ProcessTable.IsRunning(ProcessesOfGuest().Single()), Is.False);
    }

    [Test]
    public async Task An_earlier_attempts_files_are_not_taken_for_this_ones()
    {
        _directory.Write("console.log", "old");
        _directory.Write("channel.ktap", "old");
        var end = await RunAsync("rm \"$console\" \"$channel\"");
        Assert.That((end.Console, end.Channel), Is.EqualTo(("", "")));
    }

    [TestCase("channel", "wrote a line of more than 64 KiB to its channel")]
    [TestCase("console", "wrote more than 16384 KiB to its console")]
    public async Task A_guest_that_writes_more_than_it_may_is_ended_and_its_files_are_cut(string file, string excess)
    {
        var end = await RunAsync($"header; a; head -c 20000000 /dev/zero >>\"${file}\"; hang");
        Assert.That((end.Ending, end.Excess), Is.EqualTo((VmEnding.Overflow, excess)));
        Assert.That(end.Channel, Has.Length.LessThanOrEqualTo(OutputLimits.Default.Channel));
        Assert.That(new FileInfo(_directory["console.log"]).Length,
            Is.LessThanOrEqualTo(OutputLimits.Default.Console));
        Assert.That(new FileInfo(_directory["channel.ktap"]).Length,
            Is.LessThanOrEqualTo(OutputLimits.Default.Channel));
    }

    [Test]
    public async Task A_guest_that_floods_and_powers_off_is_found_out_too()
    {
        var end = await RunAsync("header; yes 'ok 1 raw.a' | head -n 200000 >>\"$channel\"");
        Assert.That((end.Ending, end.Excess),
            Is.EqualTo((VmEnding.Overflow, "wrote more than 100000 lines to its channel")));
    }

    [Test]
    public async Task QEMU_that_never_stops_complaining_is_ended()
    {
        var end = await RunAsync("head -c 2000000 /dev/zero >&2; hang");
        Assert.That((end.Ending, end.LauncherError.Length), Is.EqualTo((VmEnding.Overflow, 1 << 20)));
    }

    [Test]
    public async Task A_missing_launcher_is_told_and_nothing_thrown()
    {
        var vm = new VirtualMachine(_directory["nothing"]);
        var end = await vm.RunAsync(Spec("whole", 5), null, CancellationToken.None);
        Assert.That(end.Ending, Is.EqualTo(VmEnding.NotLaunched));
        Assert.That(end.LauncherError, Does.Contain(_directory["nothing"]));
    }

    private Task<VmEnd> RunAsync(
        string guest, int deadline = 30, Action<int>? progress = null, CancellationToken cancellation = default) =>
        _launcher.Machine.RunAsync(Spec(guest, deadline), progress, cancellation);

    private VmSpec Spec(string guest, int deadline) => new(
        MachineList.Default, _launcher.Image("image", guest), "initramfs", _directory["console.log"],
        _directory["channel.ktap"], _directory["work"], Accelerator.Tcg, "feed", [], TimeSpan.FromSeconds(deadline));

    /// <summary>The ids that a guest wrote into the file pids.</summary>
    private List<int> ProcessesOfGuest() => [.. File.ReadLines(_directory["launcher", "pids"]).Select(ProcessId)];

    private static int ProcessId(string line) => int.Parse(line, CultureInfo.InvariantCulture);
}
