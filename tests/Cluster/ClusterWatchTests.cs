using Harness.Cluster;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Cluster;

/// <summary>Waiting for elements, trying them again, and joining what they have measured.</summary>
public sealed class ClusterWatchTests
{
    [Test]
    public async Task An_element_whose_node_dies_is_submitted_again_and_the_run_says_so()
    {
        using var lab = new ClusterLab(shares: 2);
        lab.Submit();
        lab.Finish(1, 1, of: 2);
        lab.Say(2, 1, null);
        lab.Queue = () => [ClusterLab.Queued(1, 2, QueueState.Lost)];
        lab.Taking = batch =>
        {
            if (batch.Attempt == 2)
            {
                lab.Finish(2, 2, of: 2, node: "node2");
            }
        };
        var elements = await lab.WaitAsync(looks: 2);

        Assert.That(elements.Select(e => (e.Share.Index, e.Attempt, e.Phase)), Is.EqualTo(new[]
        {
            (1, 1, ElementPhase.Finished), (2, 2, ElementPhase.Finished),
        }));
        Assert.That(lab.Submitted.Select(b => (b.Name, b.Attempt, string.Join(',', b.Shares))),
            Is.EqualTo(new[] { ("harness-x-2", 2, "2") }));
        Assert.That(lab.Events.OfType<ClusterEvent.Tested>().Select(e => (e.Kernel.Version, e.Node)),
            Is.EqualTo(new[] { ("6.1.1", "node1"), ("6.1.2", "node2") }));
        var document = Collect(lab, elements);
        Assert.That(document.Kernels.Select(k => k.Status), Has.All.EqualTo(KernelStatus.Tested));
        Assert.That(document.Run.Complete, Is.True);
        Assert.That(document.Run.Notes, Is.EqualTo(new[]
        {
            "shard 2/2 (debian-6.1.2-1-cloud-amd64), attempt 1: NODE_FAIL on node1; it was tried again",
        }));
    }

    [Test]
    public async Task One_that_fails_for_good_costs_its_own_kernels_and_shows_what_it_printed()
    {
        using var lab = new ClusterLab(shares: 2, retries: 1);
        lab.Submit();
        lab.Finish(1, 1, of: 2);
        lab.Say(2, 1, 137);
        lab.Say(2, 2, 137);
        File.WriteAllText(lab.Directory.Output(2, 2), "no space left\e[1m on the device\n");
        var elements = await lab.WaitAsync(looks: 2);

        Assert.That(lab.Submitted, Has.Count.EqualTo(1));
        var document = Collect(lab, elements);
        var (tested, failed) = (document.Kernels[0], document.Kernels[1]);
        Assert.That(tested.Status, Is.EqualTo(KernelStatus.Tested));
        Assert.That((failed.Status, failed.Reason), Is.EqualTo((KernelStatus.InfraError,
            "its element of the toy job, 2 of 2, failed in 2 attempts; in the last:"
                + " the harness ended with exit code 137 on node1")));
        Assert.That(failed.ConsoleExcerpt, Is.EqualTo("no space left on the device"));
        Assert.That(RunExitCode.Of(document), Is.EqualTo(ExitCodes.NotTestable));
    }

    [Test]
    public async Task Where_all_fail_there_is_a_run_that_says_so()
    {
        using var lab = new ClusterLab(shares: 2, retries: 0);
        lab.Submit();
        lab.Say(1, 1, 2);
        lab.Say(2, 1, 2);
        var document = Collect(lab, await lab.WaitAsync(looks: 1));
        Assert.That(document.Kernels.Select(k => k.Status), Is.All.EqualTo(KernelStatus.InfraError));
        Assert.That(document.Run.Complete, Is.True);
    }

    [Test]
    public async Task What_a_failed_element_had_finished_is_kept()
    {
        using var lab = new ClusterLab(shares: 2, retries: 0);
        lab.Submit();
        lab.Finish(1, 1, of: 2);
        lab.Say(2, 1, 137);
        Directory.CreateDirectory(lab.Directory.Shard(2, 1));
        using (var journal = Journal.Open(lab.Directory.Shard(2, 1), Samples.Request()))
        {
            journal.Append(ClusterLab.KernelOf(2));
        }
        var document = Collect(lab, await lab.WaitAsync(looks: 1));
        Assert.That(document.Kernels.Select(k => k.Status), Is.All.EqualTo(KernelStatus.Tested));
    }

    [Test]
    public async Task A_cluster_that_does_not_answer_is_asked_again_and_nothing_is_taken_for_lost()
    {
        using var lab = new ClusterLab(shares: 1);
        var asked = 0;
        lab.Submit();
        lab.Queue = () => ++asked < 3 ? throw ClusterLab.Silent() : [];
        lab.Finish(1, 1, of: 1);
        var elements = await lab.WaitAsync(looks: 3);
        Assert.That(elements.Single().Phase, Is.EqualTo(ElementPhase.Finished));
        Assert.That(lab.Events.OfType<ClusterEvent.Noted>(), Has.Exactly(1).Items);
        Assert.That(lab.Submitted, Is.Empty);
    }

    [Test]
    public async Task A_harness_that_was_killed_while_it_submitted_finds_the_job_by_its_name()
    {
        using var lab = new ClusterLab(shares: 1);
        lab.Directory.Write(lab.Directory.Read() with { Submissions = [new Submission(1, [1], null, null)] });
        lab.Queue = () => [ClusterLab.Queued(1, 1, QueueState.Ended)];
        lab.Finish(1, 1, of: 1);
        await lab.WaitAsync(looks: 1);
        Assert.That(lab.Submitted, Is.Empty);
        Assert.That(lab.Directory.Read().JobIds, Is.EqualTo(new[] { "7" }));
    }

    [Test]
    public async Task One_that_was_killed_before_it_submitted_submits()
    {
        using var lab = new ClusterLab(shares: 1);
        lab.Directory.Write(lab.Directory.Read() with { Submissions = [new Submission(1, [1], null, null)] });
        lab.Taking = _ => lab.Finish(1, 1, of: 1);
        await lab.WaitAsync(looks: 1);
        Assert.That(lab.Submitted.Select(b => b.Name), Is.EqualTo(new[] { "harness-x-1" }));
    }

    [Test]
    public async Task A_second_submission_that_is_refused_counts_as_an_attempt()
    {
        using var lab = new ClusterLab(shares: 1, retries: 1);
        lab.Submit();
        lab.Say(1, 1, 137);
        lab.Taking = batch =>
        {
            if (batch.Attempt == 2)
            {
                throw ClusterLab.Silent();
            }
        };
        var element = (await lab.WaitAsync(looks: 2)).Single();
        Assert.That((element.Phase, element.Reason), Is.EqualTo((ElementPhase.GivenUp, "the controller is away")));
    }

    [Test]
    public async Task A_cancelled_run_ends_its_elements_and_keeps_what_was_measured()
    {
        using var lab = new ClusterLab(shares: 2);
        lab.Submit();
        lab.Finish(1, 1, of: 2);
        File.WriteAllText(lab.Directory.Cancelled, "");
        lab.Queue = () => lab.Ended.Count == 0 ? [ClusterLab.Queued(1, 2, QueueState.Running)] : [];
        var elements = await lab.WaitAsync(looks: 2);
        Assert.That(lab.Ended, Is.EqualTo(new[] { "harness-x-1" }));
        Assert.That(elements.Select(e => e.Phase),
            Is.EqualTo(new[] { ElementPhase.Finished, ElementPhase.Cancelled }));
        var document = Collect(lab, elements);
        Assert.That(document.Kernels.Select(k => k.Status),
            Is.EqualTo(new[] { KernelStatus.Tested, KernelStatus.NotRun }));
        Assert.That(document.Run.Complete, Is.False);
    }

    private static RunDocument Collect(ClusterLab lab, IReadOnlyList<ElementStand> elements)
    {
        new ClusterCollection(lab.Directory, lab.Directory.Read(), Samples.Probes).Collect(elements);
        return ResultsFile.Read(lab.Directory.Path);
    }
}
