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

    private TemporaryDirectory _directory = null!;

    private string Pids => _directory["launcher", "pids"];

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory()
    {
        _directory.KillProcesses();
        _directory.Dispose();
    }

    [TestCase(2)]
    [TestCase(6)]
    public async Task An_impatient_user_leaves_nothing_behind_and_keeps_the_results(int times)
    {
        var launcher = new FakeLauncher(_directory["launcher"]);
        await using var harness = await StartAsync(launcher,
            ["run", "--image", HangingKernel(launcher), "--out", _directory["run"], .. Options]);
        await InterruptAsync(harness, times);
        var result = await harness.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Interrupted), result.Describe());
        AssertRunIsInterrupted(_directory["run"]);
    }

    [Test]
    public async Task A_night_that_is_interrupted_twice_is_summed_up_and_its_summary_is_sent()
    {
        var launcher = new FakeLauncher(_directory["launcher"]);
        var kernel = $"kernels:\n  - image: {HangingKernel(launcher)}\n    name: hangs\n";
        // Longer than a verb may take after the second signal.
        var send = $"touch {_directory["sending"]}; sleep 11; cat >{_directory["mail"]}";
        await using var harness = await StartAsync(launcher,
            ["nightly", "--kernels", _directory.Write("night.yaml", kernel), "--results", _directory["results"],
                "--notify-command", send, "--", .. Options]);
        await InterruptAsync(harness, times: 2);
        await ProcessTable.UntilAsync(() => File.Exists(_directory["sending"]), "the summary is sent");
        await InterruptAsync(harness, times: 1);
        var result = await harness.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Interrupted), result.Describe());
        Assert.That(result.StandardOutput,
            Does.Match(@"^kernel harness, night \d{8}-\d{6}: interrupted\n\ngo on with: "));
        Assert.That(await File.ReadAllTextAsync(_directory["mail"]), Is.EqualTo(result.StandardOutput));
        AssertRunIsInterrupted(Directory.GetDirectories(_directory["results"]).Single());
    }

    private static string[] Options => ["--accel", "tcg", "--case", "raw.array_of_maps.array.none.none"];

    /// <summary>A kernel whose guest never ends, and has a child that its process group does not reach.</summary>
    private static string HangingKernel(FakeLauncher launcher) =>
        // A comment in the shape of a bzImage's header: HdrS at 0x202.
        launcher.Image("kernel", "#".PadRight(0x202, '-') + "HdrS".PadRight(16, '-') + """

            echo $$ >>"$here/pids"
            setsid sleep 601 &
            echo $! >>"$here/pids"
            header
            hang
            """);

    /// <summary>Starts the harness, and waits until its guest runs.</summary>
    private async Task<RunningCommand> StartAsync(FakeLauncher launcher, string[] arguments)
    {
        var harness = RunningCommand.Start(launcher.Serve(RealRun.Harness(arguments), _directory["cache"]));
        await ProcessTable.UntilAsync(
            () => File.Exists(Pids) && File.ReadAllLines(Pids).Length == 2, "the guest runs", seconds: 120);
        return harness;
    }

    /// <summary>Not all at once, as one signal that is pending already swallows the next.</summary>
    private static async Task InterruptAsync(RunningCommand harness, int times) =>
        await new Command("bash").WithArguments(
            ["-c", $"for i in {{1..{times}}}; do kill -{Sigint} {harness.ProcessId} || break; sleep 0.005; done"])
            .RunAsync(CancellationToken.None);

    private void AssertRunIsInterrupted(string run)
    {
        var family = File.ReadAllLines(Pids).Select(line => int.Parse(line, CultureInfo.InvariantCulture));
        Assert.That(family.Where(ProcessTable.IsRunning), Is.Empty);
        Assert.That(ResultsFile.Read(run).Kernels.Select(k => k.Status), Is.EqualTo(new[] { KernelStatus.NotRun }));
    }
}
