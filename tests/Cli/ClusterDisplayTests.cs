using Harness.Cli;
using Harness.Cluster;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

/// <summary>What a run on a cluster shows.</summary>
public sealed class ClusterDisplayTests
{
    private static readonly SetTime _clock = new() { Now = DateTimeOffset.FromUnixTimeSeconds(100) };

    [Test]
    public async Task A_pipe_gets_a_line_for_each_event()
    {
        var terminal = new TestTerminal();
        await using var display = new ClusterDisplay(terminal.Terminal, _clock);
        var element = Element(2, ElementPhase.Running, "node1");
        display.Take(new ClusterEvent.Submitted("7", 1, 2, 2, "/shared/run"));
        display.Take(new ClusterEvent.Looked([element]));
        display.Take(new ClusterEvent.Began(element));
        display.Take(new ClusterEvent.Retrying(element with { Reason = "NODE_FAIL on node1" }));
        display.Take(new ClusterEvent.Submitted("8", 2, 1, 1, "/shared/run"));
        display.Take(new ClusterEvent.Tested(Samples.Kernel("6.1.1"), "node2"));
        display.Take(new ClusterEvent.GivenUp(element with { Reason = "exit code 137" }));
        display.Take(new ClusterEvent.Noted("the cluster is away"));
        Assert.That(terminal.Output, Is.EqualTo("""
            job 7: 2 elements, 2 kernels, in /shared/run
            element 2 is on node1: debian-6.1.2
            element 2: NODE_FAIL on node1; it is tried again
            job 8: 1 element again, attempt 2
            [1/2] debian-6.1.1-1-cloud-amd64: tested; 4.3 s; on node2
            element 2: exit code 137; it is given up
            note: the cluster is away

            """));
    }

    [Test]
    public async Task A_person_sees_how_the_elements_stand()
    {
        await using var display = new ClusterDisplay(new TestTerminal().Terminal, _clock);
        display.Take(
            new ClusterEvent.Attached(["7"], 6, 6, "/shared/run", DateTimeOffset.FromUnixTimeSeconds(-20)));
        display.Take(new ClusterEvent.Tested(Samples.Kernel("6.1.1"), "node2"));
        display.Take(new ClusterEvent.Looked([
            Element(1, ElementPhase.Finished, "node2"), Element(2, ElementPhase.Running, "node1"),
            Element(3, ElementPhase.Waiting, "") with { Reason = "Resources" },
            Element(4, ElementPhase.Waiting, "") with { Reason = "Priority" },
            Element(5, ElementPhase.Waiting, "") with { Reason = "Priority" },
            Element(6, ElementPhase.Waiting, "") with { Reason = "Resources" },
            Element(7, ElementPhase.Running, "node2") with { Attempt = 2, StartedAt = 101 },
        ]));
        Assert.That(display.Lines(), Is.EqualTo(new[]
        {
            "━━━───────────────── 1 of 6 kernels, 0:02:00",
            "  2 elements            waiting: Resources",
            "  2 elements            waiting: Priority",
            "  element 2             node1 0:01:15 debian-6.1.2",
            "  element 7, attempt 2  node2 0:00:00 debian-6.1.7",
        }));
    }

    [Test]
    public async Task Until_it_is_submitted_nobody_knows_how_many_kernels_there_are()
    {
        await using var display = new ClusterDisplay(new TestTerminal().Terminal, _clock);
        Assert.That(display.Lines(), Is.EqualTo(new[] { "pinning the kernels for all nodes, 0:00:00" }));
    }

    private static ElementStand Element(int share, ElementPhase phase, string node) =>
        new(new ClusterShare(share, [$"debian-6.1.{share}"]), 1, phase, node) { StartedAt = 25 };
}
