using Harness.Cluster;

namespace Harness.Tests.Cluster;

/// <summary>How an element stands, by what it has written and what the cluster says.</summary>
public sealed class ElementJudgeTests
{
    private static readonly ClusterShare _share = new(3, ["debian-6.1.192-2"]);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public void One_that_says_that_it_ended_and_has_results_is_finished_whatever_the_cluster_says(int code)
    {
        foreach (var state in new QueueState?[] { null, QueueState.Running, QueueState.Lost, QueueState.Cancelled })
        {
            Assert.That(Stand(Ended(code), state).Phase, Is.EqualTo(ElementPhase.Finished), state.ToString());
        }
    }

    [Test]
    public void An_earlier_attempt_that_came_to_its_end_after_all_counts()
    {
        var stand = new ElementJudge(3).Stand(
            _share, [Ended(0), new ElementTry(2, null, false)], new Submission(2, [3], "8", null),
            Queued(QueueState.Waiting), TimeSpan.Zero, false);
        Assert.That((stand.Phase, stand.Attempt), Is.EqualTo((ElementPhase.Finished, 1)));
    }

    [TestCase(137, true, "the harness ended with exit code 137 on node1")]
    [TestCase(3, false, "the harness ended with exit code 3 on node1")]
    public void One_that_ended_without_results_or_otherwise_failed(int code, bool results, string reason)
    {
        var stand = Stand(
            Ended(code) with { HasResults = results }, QueueState.Ended, silence: ElementJudge.LongestSilence);
        Assert.That((stand.Phase, stand.Reason), Is.EqualTo((ElementPhase.Failed, reason)));
    }

    [Test]
    public void Results_that_are_not_seen_yet_are_waited_for() => Assert.That(
        Stand(Ended(0) with { HasResults = false }, QueueState.Ended).Phase, Is.EqualTo(ElementPhase.Running));

    [Test]
    public void What_the_harness_refuses_is_not_tried_again() =>
        Assert.That(Stand(Ended(ExitCodes.Usage), null).Phase, Is.EqualTo(ElementPhase.GivenUp));

    [Test]
    public void A_node_that_died_is_named()
    {
        var stand = Stand(Begun, QueueState.Lost);
        Assert.That((stand.Phase, stand.Reason), Is.EqualTo((ElementPhase.Failed, "NODE_FAIL on node1")));
    }

    [Test]
    public void After_the_last_attempt_it_is_given_up() => Assert.That(
        new ElementJudge(1).Stand(_share, [Begun], new Submission(1, [3], "7", null), Queued(QueueState.Lost),
            TimeSpan.Zero, false).Phase, Is.EqualTo(ElementPhase.GivenUp));

    [Test]
    public void One_that_the_cluster_forgot_or_ended_is_waited_for_a_while_as_its_word_may_come_late()
    {
        var soon = ElementJudge.LongestSilence - TimeSpan.FromSeconds(1);
        foreach (var state in new QueueState?[] { null, QueueState.Ended })
        {
            Assert.That(Stand(Begun, state, silence: soon).Phase, Is.EqualTo(ElementPhase.Running));
            var lost = Stand(Begun, state, silence: ElementJudge.LongestSilence);
            Assert.That((lost.Phase, lost.Reason),
                Is.EqualTo((ElementPhase.Failed, "it was lost without a word on node1")));
        }
    }

    [Test]
    public void One_that_was_cancelled_is_not_tried_again()
    {
        Assert.That(Stand(Begun, QueueState.Cancelled).Phase, Is.EqualTo(ElementPhase.Cancelled));
        foreach (var state in new QueueState?[] { null, QueueState.Ended, QueueState.Lost })
        {
            Assert.That(Stand(Ended(130), state, cancelled: true).Phase, Is.EqualTo(ElementPhase.Cancelled));
        }
        Assert.That(Stand(Begun, QueueState.Running, cancelled: true).Phase, Is.EqualTo(ElementPhase.Running),
            "until it has ended");
    }

    [Test]
    public void What_the_cluster_did_not_take_failed() => Assert.That(
        new ElementJudge(2).Stand(_share, [new ElementTry(1, null, false)],
            new Submission(1, [3], null, "no such partition"), null, TimeSpan.Zero, false).Reason,
        Is.EqualTo("no such partition"));

    private static ElementTry Begun => new(1, new ElementState("7", "node1", 10), false);

    private static ElementTry Ended(int code) => new(1, new ElementState("7", "node1", 10, 20, code), true);

    private static QueuedElement Queued(QueueState state) =>
        new("x-1", "7", 3, state, "node1", state == QueueState.Lost ? "NODE_FAIL" : "", "");

    private static ElementStand Stand(
        ElementTry attempt, QueueState? state, TimeSpan silence = default, bool cancelled = false) =>
        new ElementJudge(3).Stand(
            _share, [attempt], new Submission(1, [3], "7", null), state is { } known ? Queued(known) : null, silence,
            cancelled);
}
