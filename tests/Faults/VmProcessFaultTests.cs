using CliWrap;
using Harness.Processes;
using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>
/// Signals that reach QEMU or the launcher of a VM, in one run. The kernels <c>dead</c> and <c>hang</c> stay where they
/// are hit: before their first word, and while they are asked. With the others nothing is wrong.
/// </summary>
public sealed class VmProcessFaultTests() : GuestFaultTests(
    [DeadKernel, HangingProber, KilledQemu, StoppedQemu, KilledLauncher, StoppedLauncher],
    "--timeout", "20", "--jobs", "4")
{
    private const string DeadKernel = "dead";
    private const string HangingProber = "hang";
    private const string KilledQemu = "killed-qemu";
    private const string StoppedQemu = "stopped-qemu";
    private const string KilledLauncher = "killed-launcher";
    private const string StoppedLauncher = "stopped-launcher";

    /// <summary>How often the harness tries what fails on its side (docs/contract.md).</summary>
    private const int Attempts = 3;

    private const string Killed = "qemu-system-x86_64: ended by signal 9";

    private protected override int ExitCode => ExitCodes.NotTestable;

    [Test]
    public void A_QEMU_that_is_killed_before_the_first_word_each_time_is_our_failure()
    {
        var row = AssertRow(DeadKernel, KernelStatus.InfraError, Killed, cases: 0, ExitCodes.NotTestable);
        Assert.That(row.Attempts, Is.EqualTo(Attempts));
        Assert.That(row.Retries!.Select(retry => retry.Reason), Is.All.Contain(Killed));
    }

    [Test]
    public void A_QEMU_that_is_killed_while_the_guest_is_asked_is_our_failure()
    {
        var row = AssertRow(
            HangingProber, KernelStatus.InfraError, Killed + " (1 of 2 cases done", cases: 1, ExitCodes.NotTestable);
        Assert.That(row.Attempts, Is.EqualTo(Attempts));
    }

    [Test]
    public void A_QEMU_that_is_killed_once_is_started_again()
    {
        var row = AssertTested(KilledQemu);
        Assert.That(row.Attempts, Is.EqualTo(2));
        Assert.That(row.Retries!.Single().Reason, Does.Contain(Killed));
    }

    [Test]
    public void A_QEMU_that_is_stopped_runs_into_its_deadline_and_is_started_again() =>
        Assert.That(AssertTested(StoppedQemu).Attempts, Is.EqualTo(2));

    [Test]
    public void A_launcher_that_is_killed_takes_its_VM_along_and_another_is_started()
    {
        var row = AssertTested(KilledLauncher);
        Assert.That(row.Attempts, Is.EqualTo(2));
        Assert.That(row.Retries!.Single().Reason, Does.Contain("signal 9"));
    }

    [Test]
    public void A_launcher_that_is_stopped_costs_no_result() =>
        Assert.That(AssertTested(StoppedLauncher).Attempts, Is.EqualTo(1));

    private protected override async Task<FaultRun> RunAsync(FaultLab lab, Command harness)
    {
        await using var running = RunningCommand.Start(harness);
        var end = running.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(3));
        var hits = Task.WhenAll(
            KillAsync(lab, DeadKernel, Attempts),
            KillAsync(lab, HangingProber, Attempts, () => VmProcesses.AskedAsync(lab, HangingProber)),
            KillAsync(lab, KilledQemu, times: 1),
            HitAsync(lab, StoppedQemu, qemu => VmProcesses.SendAsync("STOP", qemu)),
            HitAsync(lab, KilledLauncher, qemu => SignalLauncherAsync("KILL", qemu, running)),
            HitAsync(lab, StoppedLauncher, qemu => SignalLauncherAsync("STOP", qemu, running)));
        await await Task.WhenAny(hits, end); // A harness that gave up early is not hit as often.
        return new FaultRun(await end, lab.Run);
    }

    private KernelResult AssertTested(string kernel) =>
        AssertRow(kernel, KernelStatus.Tested, reason: null, cases: 2, ExitCodes.AsExpected);

    /// <summary>Kills one QEMU of a kernel after the other.</summary>
    /// <param name="moment">Each is killed when this is over.</param>
    private static async Task KillAsync(FaultLab lab, string kernel, int times, Func<Task>? moment = null)
    {
        int? qemu = null;
        for (var i = 0; i < times; i++)
        {
            qemu = await VmProcesses.QemuOfAsync(lab, kernel, other: qemu);
            await (moment?.Invoke() ?? Task.CompletedTask);
            await VmProcesses.SendAsync("KILL", qemu.Value);
        }
    }

    private static async Task HitAsync(FaultLab lab, string kernel, Func<int, Task> hit) =>
        await hit(await VmProcesses.QemuOfAsync(lab, kernel));

    private static Task SignalLauncherAsync(string signal, int qemu, RunningCommand harness) =>
        VmProcesses.SendAsync(signal, VmProcesses.LauncherOf(qemu, harness.ProcessId));
}
