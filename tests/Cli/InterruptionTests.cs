using System.Globalization;
using CliWrap;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Faults;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>A user who presses Ctrl-C more than once, as a process of its own, with a made-up guest.</summary>
[Category(FaultSuite.Category)]
public sealed class InterruptionTests
{
    private const int Sigint = 2;

    [TestCase(2)]
    [TestCase(6)]
    public async Task An_impatient_user_leaves_nothing_behind_and_keeps_the_results(int times)
    {
        using var directory = new TemporaryDirectory();
        var launcher = new FakeLauncher(directory["launcher"]);
        // A comment in the shape of a bzImage's header: HdrS at 0x202.
        var image = launcher.Image("kernel", "#".PadRight(0x202, '-') + "HdrS".PadRight(16, '-') + """

            echo $$ >>"$here/pids"
            setsid sleep 601 &
            echo $! >>"$here/pids"
            header
            hang
            """);
        var command = RealRun.Harness(
            "run", "--accel", "tcg", "--image", image, "--case", "raw.array_of_maps.array.none.none",
            "--out", directory["run"]);
        await using var harness = RunningCommand.Start(launcher.Serve(command, directory["cache"]));
        var pids = directory["launcher", "pids"];
        await ProcessTable.UntilAsync(
            () => File.Exists(pids) && File.ReadAllLines(pids).Length == 2, "the guest runs", seconds: 120);

        // Not all at once, as one signal that is pending already swallows the next.
        await new Command("bash").WithArguments(
            ["-c", $"for i in {{1..{times}}}; do kill -{Sigint} {harness.ProcessId} || break; sleep 0.005; done"])
            .RunAsync(CancellationToken.None);
        var result = await harness.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Interrupted), result.Describe());
        var family = File.ReadAllLines(pids).Select(line => int.Parse(line, CultureInfo.InvariantCulture));
        Assert.That(family.Where(ProcessTable.IsRunning), Is.Empty);
        Assert.That(ResultsFile.Read(directory["run"]).Kernels.Select(k => k.Status),
            Is.EqualTo(new[] { KernelStatus.NotRun }));
    }
}
