using Harness.Processes;
using Harness.Results;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Cluster;

/// <summary>Real kernels on the nodes of a real Slurm, against a run of all of them here.</summary>
[Category("VM")]
[NonParallelizable]
public sealed class SlurmRunTests
{
    private const int Minutes = 60; // of seconds

    private SlurmLab _lab = null!;

    [SetUp]
    public async Task Bring_the_cluster_up() => _lab = await SlurmLab.UpAsync();

    [TearDown]
    public void Take_it_down() => _lab?.Dispose();

    [Test]
    public async Task A_node_that_is_killed_costs_no_kernel()
    {
        var only = RealRun.Only(await Task.WhenAll(new[] { "5.10", "6.1", "7.3" }.Select(RealRun.NewestAsync)));
        string[] asked =
            ["--accel", "tcg", "--cold", .. only, .. RealRun.Cases(["raw.array_of_maps.array.struct.*"])];
        await using var run = _lab.Start(["cluster", "slurm", "run", "--out", _lab.Run.Path, .. asked]);
        await ProcessTable.UntilAsync(() => _lab.On("node2").Count > 0, "an element runs", 5 * Minutes);
        await _lab.KillAsync("node2");
        var ended = await run.WaitAsync(CancellationToken.None);

        Assert.That(ended.ExitCode, Is.EqualTo(ExitCodes.AsExpected), ended.Describe());
        Assert.That(ResultsFile.Read(_lab.Run.Path).Run.Notes, Has.Some.Contains("NODE_FAIL on node2"));
        await _lab.CompareAsync([], asked);
    }

    [Test]
    public async Task A_cancelled_run_leaves_no_element_and_joins_what_was_measured()
    {
        var only = RealRun.Only(await Task.WhenAll(new[] { "5.10", "6.1", "7.3" }.Select(RealRun.NewestAsync)));
        await using var run = _lab.Start(
            ["cluster", "slurm", "run", "--out", _lab.Run.Path, "--accel", "tcg", .. only]);
        await ProcessTable.UntilAsync(() => _lab.On("node1").Count > 0, "an element runs", 5 * Minutes);
        var second = await _lab.RunAsync("cluster", "slurm", "attach", _lab.Run.Path);
        Assert.That(second.ExitCode, Is.EqualTo(ExitCodes.Usage), "one harness waits already");
        var cancelled = await _lab.RunAsync("cluster", "slurm", "cancel", _lab.Run.Path);
        Assert.That(cancelled.ExitCode, Is.EqualTo(ExitCodes.AsExpected), cancelled.Describe());
        var ended = await run.WaitAsync(CancellationToken.None);

        Assert.That(ended.ExitCode, Is.EqualTo(ExitCodes.Interrupted), ended.Describe());
        Assert.That(ProcessTable.WithCommandLine(_lab.Run.Path), Is.Empty);
        var document = ResultsFile.Read(_lab.Run.Path);
        Assert.That(document.Run.Complete, Is.False);
        Assert.That(document.Kernels, Has.Count.EqualTo(3));
        Assert.That(document.Kernels.Select(k => k.Status), Has.Some.EqualTo(KernelStatus.NotRun));
    }

    /// <summary>
    /// The default matrix. The harness that has submitted it is killed, and another attaches; a node is killed; the
    /// harness of one element is killed on each of its attempts.
    /// </summary>
    [Test]
    [Category(SlurmLab.Category)]
    public async Task The_default_matrix_survives_what_happens_on_a_cluster()
    {
        string[] asked = ["--accel", "tcg", "--cold"];
        await using var first = _lab.Start(["cluster", "slurm", "run", "--out", _lab.Run.Path, .. asked]);
        await ProcessTable.UntilAsync(() => _lab.Ended > 0, "an element has ended", 10 * Minutes);
        await first.KillAsync();
        var victim = _lab.Run.Read().Shares[^1];

        await using var second = _lab.Start("cluster", "slurm", "attach", _lab.Run.Path);
        using var over = new CancellationTokenSource();
        var killing = KillEachAsync(_lab.Run.Shard(victim.Index, 1), over.Token);
        await ProcessTable.UntilAsync(() => _lab.On("node2").Count > 0, "an element runs", 10 * Minutes);
        await _lab.KillAsync("node2");
        await ProcessTable.UntilAsync(() => _lab.Run.Read().Losses.Count > 0, "the node is missed", 10 * Minutes);
        await _lab.StartAsync("node2");
        var ended = await second.WaitAsync(CancellationToken.None);
        await over.CancelAsync();
        await killing;

        Assert.That(ended.ExitCode, Is.EqualTo(ExitCodes.NotTestable), ended.Describe());
        var document = ResultsFile.Read(_lab.Run.Path);
        Assert.That(document.Run.Notes, Has.Some.Contains("NODE_FAIL on node2"));
        var failed = document.Kernels.Where(k => k.Status == KernelStatus.InfraError).ToList();
        Assert.That(failed.Select(k => k.Id), Is.EqualTo(victim.Kernels));
        Assert.That(failed.Single().Reason, Does.Contain("failed in 3 attempts; in the last: the harness ended with"));
        await _lab.CompareAsync(victim.Kernels, asked);
    }

    /// <summary>Kills every harness that tests a share, as often as it is tried.</summary>
    private static async Task KillEachAsync(string shard, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            foreach (var harness in ProcessTable.WithCommandLine("harness.dll")
                .Intersect(ProcessTable.WithCommandLine(shard)))
            {
                ProcessTree.Kill(harness);
            }
            await Task.Delay(100, CancellationToken.None);
        }
    }
}
