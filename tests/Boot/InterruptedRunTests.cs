using System.Diagnostics;
using CliWrap;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>Ctrl-C in a real run, and going on after it.</summary>
[Category("VM")]
[NonParallelizable]
public sealed class InterruptedRunTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    [Test]
    public async Task An_interrupted_run_leaves_nothing_behind_and_goes_on_where_it_was()
    {
        using var directory = new TemporaryDirectory();
        var run = Path.Combine(directory.Path, "run");
        var only = RealRun.Only(await Task.WhenAll(new[] { "5.10", "6.1", "7.3" }.Select(RealRun.NewestAsync)));
        var cases = RealRun.Cases(["raw.array_of_maps.array.struct.*"]);

        var (exitCode, first) = await InterruptAfterFirstKernelAsync(run,
            ["run", "--accel", "tcg", "--jobs", "1", "--out", run, .. only, .. cases]);

        Assert.That(exitCode, Is.EqualTo(ExitCodes.Interrupted));
        Assert.That(RealRun.VirtualMachinesOf(run), Is.Empty);
        Assert.That(first.Run.Complete, Is.False);
        var tested = first.Kernels.Where(k => k.Status == KernelStatus.Tested).ToList();
        Assert.That(tested, Is.Not.Empty);
        var missing = first.Kernels.Where(k => k.Status != KernelStatus.Tested).Select(k => k.Status).ToList();
        Assert.That(missing, Is.Not.Empty);
        Assert.That(missing, Is.All.EqualTo(KernelStatus.NotRun));

        var resumed = await RealRun.Harness("run", "--accel", "tcg", "--resume", "--out", run)
            .TryRunAsync(CancellationToken.None);

        Assert.That(resumed.ExitCode, Is.EqualTo(ExitCodes.AsExpected), resumed.Describe());
        var whole = ResultsFile.Read(run);
        Assert.That(whole.Run.Complete, Is.True);
        Assert.That(whole.Kernels, Has.Count.EqualTo(3));
        Assert.That(whole.Kernels.Select(k => k.Status), Is.All.EqualTo(KernelStatus.Tested));
        foreach (var kernel in tested)
        {
            Assert.That(whole.Kernels.Single(k => k.Id == kernel.Id).Seconds, Is.EqualTo(kernel.Seconds),
                "a finished kernel is not tested again");
        }
    }

    private static async Task<(int ExitCode, RunDocument Document)> InterruptAfterFirstKernelAsync(string run,
        string[] arguments)
    {
        await using var harness = RunningCommand.Start(RealRun.Harness(arguments));
        var reports = Path.Combine(run, "ktap");
        var clock = Stopwatch.StartNew();
        while (!(Directory.Exists(reports) && Directory.EnumerateFiles(reports).Count() == 2
            && RealRun.VirtualMachinesOf(run).Count > 0))
        {
            Assert.That(clock.Elapsed, Is.LessThan(_patience), "the run does not get to its second kernel");
            await Task.Delay(20);
        }
        // The shell's own kill: a minimal machine has no such program.
        await new Command("sh").WithArguments(["-c", $"kill -INT {harness.ProcessId}"])
            .RunAsync(CancellationToken.None);
        var result = await harness.WaitAsync(CancellationToken.None);
        return (result.ExitCode, ResultsFile.Read(run));
    }
}
