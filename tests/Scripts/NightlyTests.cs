using System.Globalization;
using CliWrap;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Scripts;

/// <summary>
/// scripts/nightly with a fake launcher, which writes down its command lines and ends as a test wants.
/// </summary>
public sealed class NightlyTests
{
    private static readonly KernelResult _tested = Samples.Kernel("6.1.5", Samples.Case("raw.a.b.struct.none"));

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeLauncher()
    {
        _directory = new TemporaryDirectory();
        Programs.Copy("harness", _directory["launcher"]);
        _directory.Write("matrix.yaml", "kernels: []\n");
        Directory.CreateDirectory(_directory["results"]);
        ResultsFile.Write(_directory["gone-none.json"], Samples.Document(_tested));
        ResultsFile.Write(_directory["gone-0.json"], Samples.Document(_tested, Unavailable(asExpected: true)));
        ResultsFile.Write(_directory["gone-1.json"], Samples.Document(_tested, Unavailable(asExpected: false)));
    }

    [TearDown]
    public void RemoveLauncher()
    {
        _directory.KillProcesses();
        _directory.Dispose();
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task The_first_night_needs_no_baseline_and_makes_one(int run)
    {
        var result = await NightAsync(("FAKE_run", run));
        Assert.That(result.ExitCode, Is.EqualTo(run), result.Describe());
        Assert.That(Calls().Select(c => c.Split(' ')[0]), Is.EqualTo(new[] { "run", "publish", "prune" }));
        Assert.That(result.StandardOutput,
            Does.Match(@"^kernel harness, night \d{8}-\d{6}: the first night, nothing to compare with\n\n"
                + @"Every result is as expected\.\nreport: "));
        Assert.That(Baseline(), Is.EqualTo(Nights().Single()));
    }

    [TestCase(0, 0, 0, "nothing changed since before")]
    [TestCase(1, 0, 0, "nothing changed since before")]
    [TestCase(0, 1, 1, "CHANGED since before")]
    [TestCase(1, 1, 1, "CHANGED since before")]
    [TestCase(0, 2, 3, "could not be compared with before")]
    [TestCase(1, 134, 3, "could not be compared with before")]
    public async Task A_night_that_was_compared_is_the_next_one_to_compare_with(
        int run, int diff, int exit, string headline)
    {
        MakeBaseline();
        var result = await NightAsync(("FAKE_run", run), ("FAKE_diff", diff));
        Assert.That(result.ExitCode, Is.EqualTo(exit), result.Describe());
        Assert.That(result.StandardOutput.Split('\n')[0], Does.EndWith($": {headline}"));
        Assert.That(result.StandardOutput.Contains("pass → fail", StringComparison.Ordinal), Is.EqualTo(diff != 0),
            "the changes are told, and only changes are");
        var night = Nights().First(n => n != "before");
        Assert.That(Baseline(), Is.EqualTo(diff > 1 ? "before" : night),
            "a night that was not compared would hide a change");
        Assert.That(Calls()[1], Is.EqualTo($"diff {_directory["results", "before"]} {_directory["results", night]}"));
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task After_a_night_with_kernels_that_could_not_be_tested_the_baseline_stays(int diff)
    {
        MakeBaseline();
        var result = await NightAsync(("FAKE_run", 3), ("FAKE_diff", diff));
        Assert.That(result.ExitCode, Is.EqualTo(3), result.Describe());
        Assert.That(result.StandardOutput, Does.Contain("could not be tested"));
        Assert.That(Baseline(), Is.EqualTo("before"));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task A_kernel_that_could_not_be_had_by_name_hides_no_change(int gone, bool good)
    {
        MakeBaseline();
        await NightAsync(("FAKE_run", 1), ("FAKE_gone", gone));
        Assert.That(Baseline(), Is.EqualTo(good ? Nights().First(n => n != "before") : "before"));
    }

    [TestCase(2, 2, "nothing was run")]
    [TestCase(130, 130, "interrupted")]
    [TestCase(143, 130, "interrupted")]
    [TestCase(134, 3, "failed with exit code 134")]
    public async Task A_night_that_did_not_come_to_its_end_is_told_and_changes_nothing(
        int run, int exit, string headline)
    {
        MakeBaseline();
        var result = await NightAsync(("FAKE_run", run));
        Assert.That(result.ExitCode, Is.EqualTo(exit), result.Describe());
        Assert.That(result.StandardOutput, Does.Contain($": {headline}\n"));
        Assert.That((Calls().Count, Baseline()), Is.EqualTo((1, "before")));
        Assert.That(result.StandardOutput.Contains("words on standard error", StringComparison.Ordinal),
            Is.EqualTo(exit != 130), "what went wrong is told");
    }

    [Test]
    public async Task The_verbs_are_asked_for_just_this()
    {
        await NightAsync(["--keep", "7", "--site", _directory["site"], "--", "--only", "debian-6.1.*", "-j", "1"]);
        var (results, id) = (_directory["results"], Nights().Single());
        var days = id[6..8] == "01" ? 1 : 7; // The first night of a month measures all.
        Assert.That(Calls(), Is.EqualTo(new[]
        {
            $"run --kernels {_directory["matrix.yaml"]} --refresh --out {results}/{id} --reuse --renew {days} --cold "
                + "--only debian-6.1.* -j 1",
            $"publish --results {results} --out {_directory["site"]} --matrix matrix.yaml --runs 7 --max-mb 300",
            $"prune --results {results} --keep 7 --matrix matrix.yaml --cache",
        }));
    }

    [TestCase("FAKE_publish")]
    [TestCase("FAKE_prune")]
    public async Task Trouble_after_the_run_is_on_our_side(string verb)
    {
        MakeBaseline();
        Assert.That((await NightAsync((verb, 1))).ExitCode, Is.EqualTo(3));
        Assert.That((await NightAsync((verb, 1), ("FAKE_diff", 1))).ExitCode, Is.EqualTo(1), "1 wins over 3");
    }

    [Test]
    public async Task The_summary_goes_to_the_notify_command_with_the_exit_code()
    {
        MakeBaseline();
        var result = await NightAsync(["--notify-command",
            $"cat >'{_directory["mail"]}'; echo $HARNESS_NIGHTLY_EXIT >>'{_directory["mail"]}'; exit 9"],
                ("FAKE_diff", 1));
        Assert.That(result.ExitCode, Is.EqualTo(1), "a mail that was not sent is no result");
        Assert.That(result.StandardError, Does.Contain("--notify-command failed with exit code 9"));
        Assert.That(await File.ReadAllTextAsync(_directory["mail"]), Is.EqualTo(result.StandardOutput + "1\n"));
    }

    [Test]
    public async Task A_baseline_whose_run_is_gone_is_told_and_replaced()
    {
        File.CreateSymbolicLink(_directory["results", "baseline"], "gone");
        var result = await NightAsync();
        Assert.That(result.ExitCode, Is.Zero, result.Describe());
        Assert.That(result.StandardOutput, Does.Contain("the night to compare with, gone, is gone"));
        Assert.That(Baseline(), Is.EqualTo(Nights().Single()));
    }

    [Test]
    public async Task Two_nights_do_not_overlap_and_the_first_one_is_not_disturbed()
    {
        var first = NightAsync(("FAKE_WAIT", 5));
        for (var i = 0; i < 100 && !File.Exists(_directory["running"]); i++)
        {
            await Task.Delay(100);
        }
        var second = await NightAsync();
        Assert.That((second.ExitCode, second.StandardError),
            Is.EqualTo((2, "nightly: another night is running; nothing was run\n")));
        Assert.That((await first).ExitCode, Is.Zero);
        Assert.That(Calls().Count(c => c.StartsWith("run ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_night_that_systemd_ends_says_so()
    {
        var script = """
            FAKE_WAIT=60 setsid "$@" & night=$!
            until [[ -e $FAKE/running ]]; do sleep 0.1; done
            kill -TERM -- -$night
            wait $night
            """;
        var night = Night([]);
        var result = await night.WithTargetFile("bash")
            .WithArguments(["-c", script, "bash", night.TargetFilePath, .. night.ArgumentList()])
            .TryRunAsync(CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(130), result.Describe());
        Assert.That(result.StandardOutput, Does.Contain(": interrupted"));
        Assert.That(Calls(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_second_signal_ends_a_run_that_does_not_heed_the_first()
    {
        // A shell without job control starts background jobs with SIGINT ignored.
        var script = """
            FAKE_WAIT=623 env --default-signal=INT "$@" & night=$!
            until [[ -e $FAKE/running ]]; do sleep 0.1; done
            kill -INT $night; sleep 0.2; kill -INT $night
            wait $night
            """;
        var night = Night([]);
        var result = await night.WithTargetFile("bash")
            .WithArguments(["-c", script, "bash", night.TargetFilePath, .. night.ArgumentList()])
            .TryRunAsync(CancellationToken.None, TimeSpan.FromMinutes(1));
        Assert.That(result.ExitCode, Is.EqualTo(130), result.Describe());
        Assert.That(result.StandardOutput, Does.Contain(": interrupted"));
        Assert.That(ProcessTable.WithCommandLine("sleep\0623"), Is.Empty);
    }

    [TestCase("--frobnicate")]
    [TestCase("--keep", "none")]
    [TestCase("--keep", "0")]
    [TestCase("--site")]
    [TestCase("--kernels", "/nonexistent.yaml")]
    public async Task Mistakes_are_exit_code_2_and_nothing_is_run(params string[] arguments)
    {
        var result = await NightAsync(arguments);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.Describe());
        Assert.That(result.StandardError, Does.Contain("nightly: "));
        Assert.That(File.Exists(_directory["calls"]), Is.False);
    }

    [Test]
    public async Task A_night_whose_harness_cannot_be_built_is_reported()
    {
        var script = Path.Combine(RealRun.Repository.Path, "scripts", "nightly");
        _directory.Write("scripts/lib/launch.bash", "build_harness() { echo it does not compile >&2; return 2; }\n");
        File.Copy(script, _directory["scripts", "nightly"]);
        var notify = $"cat >'{_directory["mail"]}'; echo $HARNESS_NIGHTLY_EXIT >>'{_directory["mail"]}'";
        var result = await new Command(_directory["scripts", "nightly"])
            .WithArguments(["--keep", "7", "--notify-command", notify]).TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardError), Is.EqualTo((2, "it does not compile\n")),
            result.Describe());
        Assert.That(result.StandardOutput,
            Does.Match(@"^kernel harness, night \d{8}-\d{6}: nothing was run\n\nit does not compile\n$"));
        Assert.That(await File.ReadAllTextAsync(_directory["mail"]), Is.EqualTo(result.StandardOutput + "2\n"));
    }

    [TestCase("--user")]
    [TestCase("--system")]
    public async Task The_units_that_are_installed_are_sound_and_go_again(string scope)
    {
        _directory.Write("bin/systemctl", "#!/bin/sh\necho \"$*\" >>\"$FAKE/systemctl\"\n");
        File.SetUnixFileMode(_directory["bin", "systemctl"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var units = scope == "--user" ? _directory["systemd", "user"] : _directory["etc", "systemd", "system"];
        var installed = await NightAsync(["--install", scope, "--at", "*-*-* 03:30:00", "--notify-command",
            "mail -s \"100% $HOME\" me", "--", "--only", "a b"]);
        Assert.That(installed.ExitCode, Is.Zero, installed.Describe());
        var service = await File.ReadAllTextAsync(Path.Combine(units, "harness-nightly.service"));
        Assert.That(service,
            Does.Contain($"""ExecStart="{RealRun.Repository.Path}/scripts/nightly" """)
            .And.Contain("\"--notify-command\" \"mail -s \\\"100%% $$HOME\\\" me\" \"--\" \"--only\" \"a b\"\n")
            .And.Contain("KillMode=control-group").And.Not.Match("@[A-Z]+@"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(units, "harness-nightly.timer")),
            Does.Contain("OnCalendar=*-*-* 03:30:00").And.Contain("Persistent=true"));
        await VerifyAsync(units, scope);
        Assert.That((await NightAsync(["--uninstall", scope])).ExitCode, Is.Zero);
        Assert.That(Directory.GetFileSystemEntries(units), Is.Empty);
        Assert.That(await File.ReadAllLinesAsync(_directory["systemctl"]), Is.EqualTo(new[]
        {
            $"{scope} daemon-reload", $"{scope} enable --now harness-nightly.timer",
            $"{scope} disable --now harness-nightly.timer", $"{scope} daemon-reload",
        }));
    }

    [TestCase("--user")]
    [TestCase("--system")]
    public async Task A_time_that_systemd_does_not_understand_is_refused_before_units_are_written(string scope)
    {
        var refused = await NightAsync(["--install", scope, "--at", "every night"]);
        Assert.That((refused.ExitCode, refused.StandardError), Is.EqualTo((ExitCodes.Usage,
            "nightly: --at: 'every night' is no time that systemd understands, such as '*-*-* 02:00:00'"
            + " (systemd.time(7))\n")));
        Assert.That(_directory["systemd"], Does.Not.Exist);
        Assert.That(_directory["etc"], Does.Not.Exist);
    }

    private async Task VerifyAsync(string units, string scope)
    {
        if (CommandExecution.Find("systemd-analyze") is null)
        {
            return;
        }
        // A colon at the end stands for the machine's own units.
        var verified = await new Command("systemd-analyze")
            .WithArguments(["verify", scope, Path.Combine(units, "harness-nightly.service"),
                Path.Combine(units, "harness-nightly.timer")])
            .WithEnvironmentVariable("SYSTEMD_UNIT_PATH", units + ":")
            .WithEnvironmentVariable("XDG_RUNTIME_DIR", _directory.Path).TryRunAsync(CancellationToken.None);
        Assert.That((verified.ExitCode, verified.StandardError), Is.EqualTo((0, "")), verified.Describe());
    }

    private static KernelResult Unavailable(bool asExpected) =>
        Samples.Untested("6.1.6", KernelStatus.Unavailable, "the archive does not serve it", asExpected);

    private Task<FinishedCommand> NightAsync(params (string Name, int Value)[] answers) => NightAsync([], answers);

    private Task<FinishedCommand> NightAsync(string[] options, params (string Name, int Value)[] answers) =>
        answers.Aggregate(Night(options),
            (c, a) => c.WithEnvironmentVariable(a.Name, a.Value.ToString(CultureInfo.InvariantCulture)))
                .TryRunAsync(CancellationToken.None);

    private Command Night(string[] options)
    {
        var named = options.Contains("--kernels") ? options : ["--kernels", _directory["matrix.yaml"], .. options];
        return new Command(Path.Combine(RealRun.Repository.Path, "scripts", "nightly"))
            .WithArguments(["--results", _directory["results"], .. named])
            .WithEnvironmentVariable("HARNESS_COMMAND", _directory["launcher"])
            .WithEnvironmentVariable("HARNESS_BUILT", "1")
            .WithEnvironmentVariable("FAKE", _directory.Path)
            .WithEnvironmentVariable("DESTDIR", _directory.Path)
            .WithEnvironmentVariable("XDG_CONFIG_HOME", _directory.Path)
            .WithEnvironmentVariable("PATH", $"{_directory["bin"]}:{Environment.GetEnvironmentVariable("PATH")}");
    }

    private void MakeBaseline()
    {
        Directory.CreateDirectory(_directory["results", "before"]);
        File.CreateSymbolicLink(_directory["results", "baseline"], "before");
    }

    private string Baseline() => new DirectoryInfo(_directory["results", "baseline"]).LinkTarget!;

    private List<string> Calls() => [.. File.ReadAllLines(_directory["calls"])];

    private List<string> Nights() =>
        [.. new DirectoryInfo(_directory["results"]).EnumerateDirectories().Where(d => d.LinkTarget is null)
            .Select(d => d.Name).Order(StringComparer.Ordinal)];
}
