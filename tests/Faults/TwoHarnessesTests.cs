using CliWrap;
using Harness.Processes;
using Harness.Tests.Kernels.Debian;

namespace Harness.Tests.Faults;

/// <summary>Two harnesses at the same time.</summary>
public sealed class TwoHarnessesTests : FaultTests
{
    /// <summary>Each kernel is downloaded by one of them, and the other waits for it.</summary>
    [Test]
    public async Task Two_harnesses_share_a_cache_that_is_empty()
    {
        const string Id = "debian-5.10.999-1-cloud-amd64";
        await using var key = await SigningKey.MakeAsync();
        using var archive = new TestArchive(key);
        await using var server = new TestServer(archive.Root)
        {
            Interfere = async (_, path) =>
            {
                // Both come before the first has it.
                await Task.Delay(path.EndsWith(".deb", StringComparison.Ordinal) ? 4_000 : 0);
                return false;
            },
        };
        var image = await File.ReadAllBytesAsync(CleanKernels[0].Image);
        await archive.AddAsync("linux-image-6.1.0-9-cloud-amd64", "5.10.999-1", image);
        await archive.PublishAsync();
        Directory.Delete(Lab.CacheHome, recursive: true);
        var runs = await Task.WhenAll(new[] { "run", "run-2" }.Select(async name =>
        {
            Lab.Run = Lab[name];
            var command = Lab.Harness(Lab.Arguments(
                "  - debian: {suites: [bookworm], flavour: cloud-amd64, pick: all}\n",
                "--mirror", server.Address.AbsoluteUri, "--keyring", key.Keyring));
            return new FaultRun(await command.TryRunAsync(CancellationToken.None, TimeSpan.FromMinutes(4)), Lab[name]);
        }));
        foreach (var run in runs)
        {
            Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Result.Describe());
            Assert.That(run.Row(Id).Cases, Is.EqualTo(run.Row(CleanKernels[0].Id).Cases));
            AssertRestIsClean(run, Id);
        }
        Assert.That(server.Requests.Count(path => path.EndsWith(".deb", StringComparison.Ordinal)), Is.EqualTo(1));
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
