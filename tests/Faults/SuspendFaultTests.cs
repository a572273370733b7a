using CliWrap;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Faults;

/// <summary>
/// A harness that does not run for a while: the machine sleeps, or somebody stopped it. The guest is made up, so that
/// it is known when it ends.
/// </summary>
public sealed class SuspendFaultTests : FaultTests
{
    [Test]
    public async Task A_guest_that_ended_while_the_harness_slept_past_the_deadline_is_tested()
    {
        var launcher = new FakeLauncher(Lab["launcher"]);
        // A comment in the shape of a bzImage's header: HdrS at 0x202.
        var image = launcher.Image("kernel", "#".PadRight(0x202, '-') + "HdrS".PadRight(16, '-') + """

            header 1
            touch "$here/begun"
            until [ -e "$here/go" ]; do sleep 0.05; done
            line "ok 1 raw.array_of_maps.array.none.none # want=accept outcome=accept"
            end 1
            touch "$here/done"
            """);
        var command = launcher.Serve(Lab.Harness("run", "--accel", "tcg", "--image", image, "--timeout", "20",
            "--case", "raw.array_of_maps.array.none.none", "--out", Lab.Run), Lab.CacheHome)
            .WithEnvironmentVariable("TMPDIR", Lab.TempHome);
        await using var harness = RunningCommand.Start(command);
        await ProcessTable.UntilAsync(() => File.Exists(Lab["launcher", "begun"]), "the guest runs", seconds: 120);
        await SignalAsync("STOP", harness.ProcessId);
        Lab.Write("launcher/go", "");
        await ProcessTable.UntilAsync(() => File.Exists(Lab["launcher", "done"]), "the guest has ended", seconds: 120);
        await Task.Delay(TimeSpan.FromSeconds(21));
        await SignalAsync("CONT", harness.ProcessId);
        var result = await harness.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), result.Describe());
        Assert.That(ResultsFile.Read(Lab.Run).Kernels.Single().Status, Is.EqualTo(KernelStatus.Tested));
    }

    private static async Task SignalAsync(string signal, int id) => await new Command("bash")
        .WithArguments(["-c", $"kill -{signal} {id}"]).RunAsync(CancellationToken.None);
}
