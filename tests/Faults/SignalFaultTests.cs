using Harness.Processes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Faults;

/// <summary>
/// Signals that reach the harness while it boots its second kernel. A run that goes on with <c>--resume</c> comes to
/// what a run that was not disturbed comes to.
/// </summary>
public sealed class SignalFaultTests : FaultTests
{
    [TestCase("INT", 1)]
    [TestCase("TERM", 1)]
    [TestCase("HUP", 1)]
    [TestCase("INT", 2)]
    public async Task A_signal_ends_the_run_in_order_and_it_goes_on_where_it_was(string signal, int times)
    {
        var result = await SignalAsync(signal, times);
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Interrupted), result.Describe());
        Lab.AssertNothingIsLeft([]);
        var document = ResultsFile.Read(Lab.Run);
        Assert.That(document.Run.Complete, Is.False);
        Assert.That(document.Kernels.Select(kernel => kernel.Status),
            Is.EquivalentTo(new[] { KernelStatus.Tested, KernelStatus.NotRun }));
        await AssertGoesOnAsync();
    }

    [Test]
    public async Task A_run_that_was_killed_goes_on_at_once()
    {
        await SignalAsync("KILL", 1);
        Assert.That(Journal.Read(Lab.Run).Kernels, Has.Count.EqualTo(1));
        await AssertGoesOnAsync();
    }

    /// <param name="packaged">virtme-run is that of the package; else a script of the user's stands before it.</param>
    [TestCase(true)]
    [TestCase(false)]
    public async Task The_VMs_of_a_killed_harness_end_with_it(bool packaged)
    {
        if (!packaged)
        {
            Lab.StandIn("virtme-run", "exec /usr/bin/virtme-run \"$@\"");
        }
        // They would end by themselves 15 s after their deadline: timeout(1) sees to that.
        var kernel = StubKernel.Hanging(Lab["hangs"]);
        await using var harness = RunningCommand.Start(Lab.Harness(
            "run", "--accel", "tcg", "--kernels", Lab.Write("hangs.yaml", "kernels:\n" + FaultLab.Image("hangs", kernel)
                + FaultLab.Image("hangs-too", kernel)), "--case", CleanRun.Cases, "--out", Lab.Run, "--jobs", "2"));
        var qemus = new[]
        {
            await VmProcesses.QemuOfAsync(Lab, "hangs"), await VmProcesses.QemuOfAsync(Lab, "hangs-too"),
        };
        await VmProcesses.SendAsync("KILL", harness.ProcessId);
        await ProcessTable.UntilAsync(
            () => !qemus.Any(ProcessTable.IsRunning) && Lab.Processes().Count == 0, "they end", seconds: 10);
        Leaves.Add(Path.Combine(Lab.Run, RunDirectory.WorkName));
    }

    /// <summary>Runs the clean kernels one after the other, and sends the harness a signal at the second one.</summary>
    private async Task<FinishedCommand> SignalAsync(string signal, int times)
    {
        await using var harness = RunningCommand.Start(Lab.Harness(Lab.Arguments("", "--jobs", "1")));
        CleanKernel? first = null;
        await ProcessTable.UntilAsync(
            () => (first = CleanKernels.FirstOrDefault(kernel => VmProcesses.Qemu(Lab, kernel.Id) is not null))
                is not null, "QEMU runs a kernel", seconds: 120);
        await VmProcesses.QemuOfAsync(Lab, CleanKernels.Single(kernel => kernel != first).Id);
        for (var i = 0; i < times; i++)
        {
            await VmProcesses.SendAsync(signal, harness.ProcessId);
            await Task.Delay(5); // A signal that is pending swallows the next.
        }
        return await harness.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task AssertGoesOnAsync()
    {
        var run = await Lab.RunAsync(Lab.Harness("run", "--accel", "tcg", "--resume", "--out", Lab.Run));
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Result.Describe());
        AssertRestIsClean(run);
    }
}
