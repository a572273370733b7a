using System.Diagnostics;
using System.Globalization;
using CliWrap;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Processes;

/// <summary>With real children: what ends, ends as a whole, and what they said is kept.</summary>
public sealed class RunningCommandTests
{
    private TemporaryDirectory _directory = null!;
    private CancellationTokenSource _cancellation = null!;

    [SetUp]
    public void MakeDirectory()
    {
        _directory = new TemporaryDirectory();
        _cancellation = new CancellationTokenSource();
    }

    [TearDown]
    public void RemoveDirectory()
    {
        _cancellation.Dispose();
        _directory.KillProcesses();
        _directory.Dispose();
    }

    [Test]
    public async Task Exit_code_and_output_are_kept()
    {
        var result = await Bash("echo out; echo err >&2; exit 7").TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardOutput, result.StandardError, result.IsSuccess),
            Is.EqualTo((7, "out\n", "err\n", false)));
    }

    [Test]
    public void A_program_that_hangs_is_killed_when_its_time_is_over()
    {
        var pids = _directory["pids"];
        var hangs = Bash($"setsid sleep 600 & echo $! >{pids}; kill -STOP $$");
        Assert.That(
            () => hangs.TryRunAsync(CancellationToken.None, TimeSpan.FromSeconds(1))
                .WaitAsync(TimeSpan.FromSeconds(30)),
            Throws.TypeOf<CommandException>().With.Message.Contains("did not end within 1 s and was killed"));
        Assert.That(ProcessTable.IsRunning(int.Parse(File.ReadAllText(pids), CultureInfo.InvariantCulture)), Is.False);
    }

    [Test]
    public async Task A_signal_shows_in_the_exit_code() =>
        Assert.That((await Bash("kill -9 $$").TryRunAsync(CancellationToken.None)).ExitCode, Is.EqualTo(128 + 9));

    [Test]
    public async Task A_failure_carries_the_command_line_and_what_was_said_last()
    {
        var error = await Assert.ThrowsAsync<CommandException>(
            () => Bash("for i in {1..20}; do echo line $i >&2; done; exit 3").RunAsync(CancellationToken.None));
        Assert.That(error!.Message, Does.StartWith("`bash -c 'for i in ")
            .And.Contain("` exited with 3: line 11\n").And.EndsWith("line 20"));
        Assert.That(error.Command.TargetFilePath, Is.EqualTo("bash"));
    }

    [Test]
    public void A_missing_program_is_named() =>
        Assert.That(() => new Command("no-such-program").RunAsync(CancellationToken.None),
            Throws.TypeOf<CommandException>().With.Message.StartsWith("cannot start `no-such-program`: "));

    [Test]
    public void Output_that_cannot_be_written_ends_the_program_and_is_said()
    {
        var file = _directory["no", "such", "directory"];
        Assert.That(() => Bash("yes").WithStandardOutputFile(file).TryRunAsync(_cancellation.Token),
            Throws.TypeOf<CommandException>()
                .With.Message.StartsWith("what `bash -c yes` says cannot be written to " + file));
    }

    [Test]
    public void A_full_disk_ends_the_program_too() =>
        Assert.That(() => Bash("yes").WithStandardOutputFile("/dev/full").TryRunAsync(_cancellation.Token),
            Throws.TypeOf<CommandException>().With.Message.Contains("/dev/full"));

    [Test]
    public async Task Arguments_pass_no_shell()
    {
        string[] arguments = ["$HOME", "a b", "*", "'", "\"", "", "\n", "-n"];
        var result = await new Command("bash")
            .WithArguments(["-c", "printf '%s\\0' \"$@\"", "bash", .. arguments])
            .RunAsync(CancellationToken.None);
        Assert.That(result.StandardOutput.Split('\0').SkipLast(1), Is.EqualTo(arguments));
    }

    [Test]
    public async Task Environment_and_directory_are_as_told()
    {
        var result = await Bash("echo \"$ADDED ${HOME-unset} $PWD\"")
            .WithEnvironmentVariable("ADDED", "yes").WithEnvironmentVariable("HOME", null)
            .WithWorkingDirectory(_directory.Path).RunAsync(CancellationToken.None);
        Assert.That(result.StandardOutput, Is.EqualTo($"yes unset {_directory.Path}\n"));
    }

    [Test]
    public async Task There_is_nothing_to_read_on_standard_input() =>
        Assert.That((await new Command("cat").RunAsync(CancellationToken.None)).StandardOutput, Is.Empty);

    [Test]
    public async Task Much_output_on_both_streams_blocks_nobody()
    {
        var result = await Bash("""
            for i in {1..3}; do
                head -c 2000000 /dev/zero | tr '\0' o
                head -c 2000000 /dev/zero | tr '\0' e >&2
            done
            """).RunAsync(CancellationToken.None);
        Assert.That((result.StandardOutput.Length, result.StandardError.Length), Is.EqualTo((6_000_000, 6_000_000)));
    }

    [Test]
    public async Task Output_can_go_to_files()
    {
        var result = await Bash("echo out; echo err >&2")
            .WithStandardOutputFile(_directory["out"]).WithStandardErrorFile(_directory["err"])
            .RunAsync(CancellationToken.None);
        Assert.That((result.StandardOutput, result.StandardError), Is.EqualTo(("", "")));
        Assert.That(
            (await File.ReadAllTextAsync(_directory["out"]), await File.ReadAllTextAsync(_directory["err"])),
            Is.EqualTo(("out\n", "err\n")));
    }

    [Test]
    public async Task Cancelling_ends_grandchildren_in_sessions_of_their_own()
    {
        await using var running = RunningCommand.Start(Bash("""
            setsid bash -c 'echo $$ >>pids; sleep 603 & echo $! >>pids; wait' &
            (trap '' TERM INT; sleep 604) &
            echo $! >>pids
            touch ready
            wait
            """));
        var end = running.WaitAsync(_cancellation.Token);
        await ProcessTable.UntilAsync(
            () => File.Exists(_directory["ready"]) && Pids().Count == 3, "the family is there");
        await _cancellation.CancelAsync();
        Assert.That(async () => await end, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Pids().Append(running.ProcessId).Where(ProcessTable.IsRunning), Is.Empty);
    }

    /// <summary>
    /// timeout(1) leads a process group of its own, which the kernel wakes and ends when it loses its leader. The
    /// harness must find all its processes nevertheless.
    /// </summary>
    [Test]
    public async Task Killing_a_leader_of_a_group_loses_nobody()
    {
        for (var round = 0; round < 20; round++)
        {
            File.Delete(_directory["pids"]);
            const string Script = "for i in 1 2 3; do setsid bash -c 'sleep 608 & echo $! >>pids; wait' & done; wait";
            await using var running = RunningCommand.Start(new Command("timeout")
                .WithArguments(["600", "bash", "-c", Script]).WithWorkingDirectory(_directory.Path));
            await ProcessTable.UntilAsync(() => Pids().Count == 3, "the family is there");
            await running.KillAsync();
            Assert.That(Pids().Where(ProcessTable.IsRunning), Is.Empty, $"round {round}");
        }
    }

    [Test]
    public async Task A_graceful_end_lets_the_program_clean_up()
    {
        await using var running = RunningCommand.Start(
            Bash("trap 'echo cleaned >said; exit 0' TERM; touch ready; while :; do sleep 0.1; done"));
        var end = running.WaitAsync(CancellationToken.None, graceful: _cancellation.Token);
        await ProcessTable.UntilAsync(() => File.Exists(_directory["ready"]), "the trap is set");
        await _cancellation.CancelAsync();
        Assert.That(async () => await end, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await File.ReadAllTextAsync(_directory["said"]), Is.EqualTo("cleaned\n"));
    }

    [Test]
    public async Task A_program_that_takes_no_hint_is_killed()
    {
        await using var running = RunningCommand.Start(Bash("trap '' TERM; touch ready; while :; do sleep 0.1; done"));
        var end = running.WaitAsync(CancellationToken.None, graceful: _cancellation.Token);
        await ProcessTable.UntilAsync(() => File.Exists(_directory["ready"]), "the trap is set");
        await _cancellation.CancelAsync();
        Assert.That(async () => await end, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(ProcessTable.IsRunning(running.ProcessId), Is.False);
    }

    [Test]
    public async Task Killing_says_how_it_ended_and_what_was_said_until_then()
    {
        await using var running = RunningCommand.Start(Bash("echo early; touch ready; sleep 605"));
        await ProcessTable.UntilAsync(() => File.Exists(_directory["ready"]), "it has spoken");
        var result = await running.KillAsync();
        Assert.That((result.ExitCode, result.StandardOutput), Is.EqualTo((128 + 9, "early\n")));
    }

    [Test]
    public async Task What_is_forgotten_is_ended()
    {
        int id;
        await using (var running = RunningCommand.Start(Bash("sleep 606")))
        {
            id = running.ProcessId;
        }
        Assert.That(ProcessTable.IsRunning(id), Is.False);
    }

    [Test]
    public async Task What_a_terminals_interrupt_ended_first_is_cancelled_all_the_same()
    {
        using var interrupt = new CancellationTokenSource();
        // A shell without job control starts background jobs with SIGINT ignored, which they hand on.
        var command = new Command("env").WithArguments(["--default-signal=INT", "sh", "-c", "kill -INT $$"]);
        var running = command.TryRunAsync(interrupt.Token);
        interrupt.CancelAfter(TimeSpan.FromMilliseconds(100));
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        var alone = await command.TryRunAsync(CancellationToken.None);
        Assert.That(alone.ExitCode, Is.EqualTo(130), "nobody cancelled");
    }

    [Test]
    public async Task A_grandchild_that_holds_the_pipes_open_holds_up_nobody()
    {
        var clock = Stopwatch.StartNew();
        var result = await Bash("echo said; sleep 609 & echo $! >pids; exit 5").TryRunAsync(CancellationToken.None);
        Assert.That((result.ExitCode, result.StandardOutput), Is.EqualTo((5, "said\n")));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(2)));
        ProcessTree.Kill(Pids().Single());
    }

    [Test]
    public async Task A_program_that_leaves_its_input_unread_is_no_error()
    {
        var command = new Command("true").WithStandardInputWriter(async input =>
        {
            while (true)
            {
                await input.WriteAsync(new byte[65536]);
            }
        });
        Assert.That((await command.TryRunAsync(CancellationToken.None)).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_token_that_was_signalled_before_ends_it_at_once()
    {
        await _cancellation.CancelAsync();
        Assert.That(
            () => Bash("sleep 607").TryRunAsync(_cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(ProcessTable.WithCommandLine("sleep\0607"), Is.Empty);
    }

    private Command Bash(string script) =>
        new Command("bash").WithArguments(["-c", script]).WithWorkingDirectory(_directory.Path);

    private List<int> Pids() => File.Exists(_directory["pids"])
        ? [.. File.ReadAllLines(_directory["pids"]).Select(line => int.Parse(line, CultureInfo.InvariantCulture))]
        : [];
}
