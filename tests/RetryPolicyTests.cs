using Harness.Tests.Support;

namespace Harness.Tests;

public sealed class RetryPolicyTests
{
    private readonly List<Retry> _told = [];
    private int _attempts;

    [SetUp]
    public void Forget()
    {
        _told.Clear();
        _attempts = 0;
    }

    [Test]
    public void Waits_double_up_to_a_limit_and_differ_by_chance()
    {
        var policy = new RetryPolicy { FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(5) };
        foreach (var (attempt, most) in new[] { (1, 1.0), (2, 2.0), (3, 4.0), (4, 5.0), (500, 5.0) })
        {
            var waits = Enumerable.Range(0, 200).Select(_ => policy.WaitAfter(attempt).TotalSeconds).ToList();
            Assert.That(waits, Is.All.InRange(most / 2, most), $"after attempt {attempt}");
            Assert.That(waits.Distinct().Count(), Is.GreaterThan(100));
        }
    }

    [Test]
    public async Task What_fails_and_may_pass_is_tried_a_few_times_after_waits()
    {
        var clock = new ManualTimers();
        var run = RunAsync(new RetryPolicy(), _ => "busy", clock);
        await clock.RingAsync();
        await clock.RingAsync();
        Assert.That(await run.WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(3));
        Assert.That(_told.Select(retry => (retry.Attempt, retry.Reason)),
            Is.EqualTo(new[] { (1, "busy"), (2, "busy") }));
        Assert.That(clock.Asked.Select(wait => (int)wait.TotalMilliseconds),
            Is.EqualTo(_told.Select(retry => (int)retry.Wait.TotalMilliseconds)));
    }

    [Test]
    public async Task The_first_result_that_stands_ends_it()
    {
        var clock = new ManualTimers();
        var run = RunAsync(new RetryPolicy(), attempt => attempt == 1 ? "busy" : null, clock);
        await clock.RingAsync();
        Assert.That(await run.WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(2));
        Assert.That(_told, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_wait_is_interrupted_at_once()
    {
        using var interrupt = new CancellationTokenSource();
        var clock = new ManualTimers();
        var run = RunAsync(new RetryPolicy(), _ => "busy", clock, interrupt.Token);
        await ProcessTable.UntilAsync(() => clock.Waiting > 0, "it waits");
        await interrupt.CancelAsync();
        Assert.That(async () => await run.WaitAsync(TimeSpan.FromSeconds(20)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_attempts, Is.EqualTo(1));
    }

    private Task<int> RunAsync(
        RetryPolicy policy, Func<int, string?> fault, TimeProvider clock, CancellationToken cancellation = default) =>
        policy.RunAsync(() => Task.FromResult(++_attempts), fault, _told.Add, clock, cancellation);
}
