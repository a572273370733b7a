using CliWrap;
using Harness.Cluster;
using Harness.Cluster.Slurm;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Cluster;

/// <summary>The program that Slurm runs for each element, with a shell in the place of the harness.</summary>
public sealed class ElementScriptTests
{
    private TemporaryDirectory _directory = null!;
    private ClusterDirectory _run = null!;

    [SetUp]
    public void Make()
    {
        _directory = new TemporaryDirectory();
        _run = new ClusterDirectory(_directory["run"]);
        Directory.CreateDirectory(_run.Elements);
        File.WriteAllText(_run.Script, new SlurmEngine().Script);
    }

    [TearDown]
    public void Remove() => _directory.Dispose();

    [Test]
    public async Task It_says_how_the_harness_ended_and_ends_like_it()
    {
        var ended = await RunAsync(1, "", "printf '%s ' \"$XDG_CACHE_HOME\" \"$@\"; exit 3");
        Assert.That(ended.ExitCode, Is.EqualTo(3));
        Assert.That(ended.StandardOutput, Is.EqualTo($"/node/cache --shard 2/5 --out {_run.Shard(2, 1)} "));
        var state = _run.StateOf(2, 1)!;
        Assert.That((state.Job, state.Node, state.ExitCode), Is.EqualTo(("41", "node7", 3)));
        Assert.That(state.EndedAt, Is.GreaterThanOrEqualTo(state.StartedAt));
        Assert.That(Directory.GetFiles(_run.Elements), Has.Length.EqualTo(1), "no temporary file is left");
    }

    [Test]
    public async Task A_second_attempt_has_files_of_its_own_and_a_requeued_one_goes_on()
    {
        Directory.CreateDirectory(_run.Shard(2, 2));
        File.WriteAllText(Path.Combine(_run.Shard(2, 2), "journal.jsonl"), "");
        var ended = await RunAsync(2, "/c", "echo \"$@\"");
        Assert.That(ended.StandardOutput, Is.EqualTo($"--shard 2/5 --out {_run.Shard(2, 2)} --resume\n"));
        Assert.That(_run.StateOf(2, 2)!.ExitCode, Is.Zero);
        Assert.That(_run.StateOf(2, 1), Is.Null);
    }

    [Test]
    public async Task Slurms_signal_reaches_the_harness_whose_end_is_waited_for()
    {
        var ended = await RunAsync(1, "", """
            trap 'sleep 0.2; echo in order; exit 130' TERM
            kill -TERM "$PPID"
            while :; do sleep 0.05; done
            """);
        Assert.That((ended.ExitCode, ended.StandardOutput), Is.EqualTo((130, "in order\n")));
        Assert.That(_run.StateOf(2, 1)!.ExitCode, Is.EqualTo(130));
    }

    private Task<FinishedCommand> RunAsync(int attempt, string cache, string harness) => new Command("bash")
        .WithArguments([
            _run.Script, _run.Path, attempt.ToString(System.Globalization.CultureInfo.InvariantCulture), "5",
            cache.Length == 0 ? "/node/cache" : cache, "bash", "-c", harness, "harness",
        ])
        .WithFurtherVariables(new Dictionary<string, string?>
        {
            ["SLURM_ARRAY_TASK_ID"] = "2",
            ["SLURM_ARRAY_JOB_ID"] = "41",
            ["SLURMD_NODENAME"] = "node7",
        })
        .TryRunAsync(CancellationToken.None);
}
