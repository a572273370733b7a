using Harness.Kernels;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>What failed on this side is repeated and recorded; what a kernel or a test answered never is.</summary>
public sealed class RetryTests
{
    private const string NoMemory = "complain 'qemu-system-x86_64: no memory'; exit 1";

    private RunLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new RunLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task A_boot_that_fails_on_this_side_is_repeated_after_waits_and_each_attempt_is_recorded()
    {
        var clock = new ManualTimers();
        _lab.Clock = clock;
        var run = _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5",
            $"if (($(wc -l <$here/launched) < 3)); then {NoMemory}; else whole; fi")) with
        { Retries = RetryPolicy.Default });
        await clock.RingAsync();
        await clock.RingAsync();
        var kernel = (await run.WaitAsync(TimeSpan.FromSeconds(30))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts, kernel.AsExpected), Is.EqualTo((KernelStatus.Tested, 3, true)));
        AssertRetries(kernel, (RetryStage.Boot, 1, "qemu-system-x86_64: no memory"),
            (RetryStage.Boot, 2, "qemu-system-x86_64: no memory"));
        Assert.That(_lab.Events.OfType<RunEvent.Retrying>().Select(e => (e.KernelId, e.Retry.Attempt)),
            Is.EqualTo(new[] { (kernel.Id, 1), (kernel.Id, 2) }));
        Assert.That(ResultsFile.Read(_lab.Run).Kernels.Single().Retries, Is.EqualTo(Rounded(kernel)));
        Assert.That(Journal.Read(_lab.Run).Kernels.Single().Retries, Is.EqualTo(Rounded(kernel)));
    }

    [Test]
    public async Task After_the_last_attempt_the_row_is_our_failure_and_has_all_of_them()
    {
        var kernel = (await _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", NoMemory)))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts, kernel.Retries!.Count),
            Is.EqualTo((KernelStatus.InfraError, 3, 2)));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(3));
    }

    [TestCase("say 'Kernel panic - not syncing: no root'", KernelStatus.BootFailed)]
    [TestCase("say here; hang", KernelStatus.BootTimeout)]
    [TestCase("header; a; say 'BUG: kernel NULL pointer dereference'", KernelStatus.Crashed)]
    [TestCase("header; a; hang", KernelStatus.ProbeTimeout)]
    [TestCase("header; a; say 'reboot: Power down'", KernelStatus.ProbeError)]
    [TestCase("whole", KernelStatus.Tested)]
    public async Task A_verdict_is_never_repeated(string guest, KernelStatus status)
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", guest)) with { Plain = true, Timeout = RunLab.Short };
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts, kernel.Retries), Is.EqualTo((status, 1, (object?)null)));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_interruption_ends_the_wait_at_once()
    {
        using var interrupt = new CancellationTokenSource();
        var clock = new ManualTimers();
        _lab.Clock = clock;
        var run = _lab.RunAsync(
            _lab.Plan(_lab.Kernel("6.1.5", NoMemory)) with { Retries = RetryPolicy.Default }, interrupt.Token);
        await ProcessTable.UntilAsync(() => clock.Waiting > 0, "it waits");
        await interrupt.CancelAsync();
        var document = await run.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(document.Kernels.Select(k => (k.Status, k.Reason)),
            Is.EqualTo(new[] { (KernelStatus.NotRun, "interrupted") }));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_image_that_this_side_failed_to_get_is_fetched_again_and_each_attempt_is_recorded()
    {
        var here = ((ImageResult.Available)await AcquireAsync(_lab.Kernel("6.1.5", "whole"))).Image;
        var document = await _lab.RunAsync(_lab.Plan(
            RunLab.Of("6.1.5", new FailingSource(2, new ImageResult.Available(here, FromCache: false))),
            RunLab.Of("6.1.6", new FailingSource(9, new ImageResult.Available(here, FromCache: false)))));
        Assert.That(document.Kernels.Select(k => (k.Status, k.Attempts)),
            Is.EqualTo(new[] { (KernelStatus.Tested, 1), (KernelStatus.InfraError, 0) }));
        foreach (var kernel in document.Kernels)
        {
            AssertRetries(kernel, (RetryStage.Fetch, 1, "no space 1"), (RetryStage.Fetch, 2, "no space 2"));
        }
        Assert.That(document.Kernels[1].Reason, Is.EqualTo("no space 3"));
    }

    [Test]
    public async Task What_cannot_pass_is_not_fetched_again()
    {
        var missing = new FixedSource(new ImageResult.Failed("there is no compiler"));
        var wrong = new FixedSource(new ImageResult.Unavailable("its hash is another"));
        await _lab.RunAsync(_lab.Plan(RunLab.Of("6.1.5", missing), RunLab.Of("6.1.6", wrong)));
        Assert.That((missing.Acquired, wrong.Acquired), Is.EqualTo((1, 1)));
    }

    private static Task<ImageResult> AcquireAsync(PlannedKernel kernel) =>
        kernel.Kernel.Source.AcquireAsync(new Progress<long>(), CancellationToken.None);

    private static void AssertRetries(KernelResult kernel, params (RetryStage, int, string)[] expected)
    {
        Assert.That(kernel.Retries!.Select(r => (r.Stage, r.Attempt, r.Reason)), Is.EqualTo(expected));
        Assert.That(kernel.Retries!.Select(r => r.WaitSeconds), Is.All.GreaterThan(0));
    }

    /// <summary>The attempts as files have them: durations in whole milliseconds.</summary>
    private static IEnumerable<RetriedAttempt> Rounded(KernelResult kernel) =>
        kernel.Retries!.Select(r => r with { WaitSeconds = Math.Round(r.WaitSeconds, 3) });

    private sealed class FailingSource(int failures, ImageResult then) : IImageSource
    {
        private int _acquired;

        public bool IsCached => false;

        public Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation) =>
            Task.FromResult(++_acquired > failures
                ? then
                : new ImageResult.Failed($"no space {_acquired}", MayPass: true));
    }
}
