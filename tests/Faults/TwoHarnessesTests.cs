using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Faults;

/// <summary>Two harnesses at the same time.</summary>
public sealed class TwoHarnessesTests : FaultTests
{
    [Test]
    public async Task Two_harnesses_share_a_cache_that_is_empty()
    {
        Directory.Delete(Lab.CacheHome, recursive: true);
        var runs = await Task.WhenAll(new[] { "run", "run-2" }.Select(async name =>
        {
            Lab.Run = Lab[name];
            var command = Lab.Harness(Lab.Arguments(""));
            return new FaultRun(await command.TryRunAsync(CancellationToken.None, TimeSpan.FromMinutes(4)), Lab[name]);
        }));
        foreach (var run in runs)
        {
            Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Result.Describe());
            AssertRestIsClean(run);
        }
    }

    [Test]
    public async Task A_second_harness_on_one_output_is_refused_and_the_first_is_not_disturbed()
    {
        await using var first = RunningCommand.Start(Lab.Harness(Lab.Arguments("", "--jobs", "1")));
        await VmProcesses.QemuOfAsync(Lab, CleanKernels[0].Id);
        await AssertRefusedAsync(Lab.Harness(Lab.Arguments("")), $"{Lab.Run} holds a run already");
        await AssertRefusedAsync(
            Lab.Harness("run", "--accel", "tcg", "--resume", "--out", Lab.Run),
            $"{Lab.Run}: another harness is running this run");
        var result = await first.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(3));
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), result.Describe());
        AssertRestIsClean(new FaultRun(result, Lab.Run));
    }

    private static async Task AssertRefusedAsync(Command second, string reason)
    {
        var refused = await second.TryRunAsync(CancellationToken.None, TimeSpan.FromMinutes(1));
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCodes.Usage), refused.Describe());
        Assert.That(refused.StandardError, Does.Contain(reason));
    }
}
