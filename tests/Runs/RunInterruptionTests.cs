using System.Globalization;
using CliWrap;
using Harness.Kernels;
using Harness.Processes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>
/// Nothing is lost and nothing is left behind when a run is interrupted, and another goes on where it ended.
/// </summary>
public sealed class RunInterruptionTests
{
    private RunLab _lab = null!;
    private CancellationTokenSource _interrupt = null!;

    [SetUp]
    public void MakeLab()
    {
        _lab = new RunLab();
        _interrupt = new CancellationTokenSource();
    }

    [TearDown]
    public void RemoveLab()
    {
        _interrupt.Dispose();
        _lab.KillProcesses();
        _lab.Dispose();
    }

    [Test]
    public async Task An_interrupted_run_leaves_no_process_and_keeps_what_it_has()
    {
        const string Family =
            "sleep 601 & echo $! >>\"$here/pids\"; setsid sleep 602 & echo $! >>\"$here/pids\"; echo $$ "
                + ">>\"$here/pids\"; header; a; hang";
        // Images are fetched side by side: these wait for their turn, or those that hang could be the first on both
        // places.
        var tested = new TaskCompletionSource();
        var probing = new TaskCompletionSource();
        var run = _lab.RunAsync(_lab.Plan(
            _lab.Kernel("6.1.5", "whole"), _lab.Kernel("6.1.6", Family, after: tested.Task),
            _lab.Kernel("6.1.7", Family, after: tested.Task),
            _lab.Kernel("6.1.8", "whole", after: probing.Task)), _interrupt.Token);
        var pids = _lab["launcher", "pids"];
        await ProcessTable.UntilAsync(() => _lab.Events.OfType<RunEvent.Finished>().Any(), "the first is tested");
        tested.SetResult();
        await ProcessTable.UntilAsync(() => _lab.Events.OfType<RunEvent.Probing>()
            .Count(e => e is { KernelId: "debian-6.1.6" or "debian-6.1.7", Done: 1 }) == 2, "both probe");
        probing.SetResult();
        await ProcessTable.UntilAsync(() => _lab.Events.OfType<RunEvent.ImageReady>()
            .Any(e => e.KernelId == "debian-6.1.8"), "the last one waits for a place");
        await _interrupt.CancelAsync();
        var document = await run.WaitAsync(TimeSpan.FromSeconds(20));

        var family = File.ReadAllLines(pids).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToList();
        Assert.That(family, Has.Count.EqualTo(6));
        Assert.That(family.Where(ProcessTable.IsRunning), Is.Empty);
        Assert.That(document.Run.Complete, Is.False);
        Assert.That(document.Kernels.Select(k => (k.Version, k.Status, k.Reason)), Is.EqualTo(new[]
        {
            ("6.1.5", KernelStatus.Tested, null),
            ("6.1.6", KernelStatus.NotRun, "interrupted"),
            ("6.1.7", KernelStatus.NotRun, "interrupted"),
            ("6.1.8", KernelStatus.NotRun, "interrupted"),
        }));
        Assert.That(Journal.Read(_lab.Run).Kernels.Select(k => k.Version), Is.EqualTo(new[] { "6.1.5" }));
        Assert.That(Directory.Exists(Path.Combine(_lab.Run, "tmp")), Is.False);
    }

    [Test]
    public async Task Downloads_end_with_the_run()
    {
        var source =
            new FixedSource(new ImageResult.Unavailable("never"), Task.Delay(Timeout.Infinite, _interrupt.Token));
        var run = _lab.RunAsync(_lab.Plan(RunLab.Of("6.1.5", source)), _interrupt.Token);
        await ProcessTable.UntilAsync(() => source.Acquired == 1, "the download has begun");
        await _interrupt.CancelAsync();
        Assert.That((await run.WaitAsync(TimeSpan.FromSeconds(20))).Kernels.Single().Status,
            Is.EqualTo(KernelStatus.NotRun));
    }

    [Test]
    public async Task Every_finished_kernel_is_in_the_journal_while_the_others_run()
    {
        var run = _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", "whole"), _lab.Kernel("6.1.6", "hang"),
            RunLab.Of("6.1.7", new FixedSource(new ImageResult.Unavailable("gone")))), _interrupt.Token);
        await ProcessTable.UntilAsync(() => _lab.Events.OfType<RunEvent.Finished>().Count() == 2, "two are finished");
        // As if killed at this moment: the journal as it is on disk.
        Directory.CreateDirectory(_lab["copy"]);
        await new Command("cp").WithArguments([Path.Combine(_lab.Run, Journal.Name), _lab["copy"]])
            .RunAsync(CancellationToken.None);
        await _interrupt.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(Journal.Read(_lab["copy"]).Kernels.Select(k => k.Version),
            Is.EquivalentTo(new[] { "6.1.5", "6.1.7" }));
    }

    [Test]
    public async Task A_resumed_run_tests_only_what_is_missing()
    {
        var first = _lab.Kernel("6.1.5", "whole");
        var second = _lab.Kernel("6.1.6", "whole");
        var before = (await _lab.RunAsync(_lab.Plan(first))).Kernels;
        var document = await _lab.RunAsync(_lab.Plan(second) with { Resumed = before });
        Assert.That(_lab.Launcher.Launched, Is.EqualTo(new[] { "6.1.5 tcg", "6.1.6 tcg" }));
        Assert.That(document.Kernels.Select(k => (k.Version, k.Status)),
            Is.EqualTo(new[] { ("6.1.5", KernelStatus.Tested), ("6.1.6", KernelStatus.Tested) }));
        Assert.That(Journal.Read(_lab.Run).Kernels, Has.Count.EqualTo(2));
        Assert.That(document.Ranges.Single(r => r.Case == "raw.a").Segments,
            Is.EqualTo(new[] { new Segment(CaseStatus.Pass, "6.1.5", "6.1.6", 2) }));
    }

    [Test]
    public async Task Of_two_results_of_a_kernel_the_newest_stands()
    {
        var source = new FixedSource(new ImageResult.Unavailable("no network"));
        await _lab.RunAsync(_lab.Plan(RunLab.Of("6.1.5", source)));
        await _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", "whole")));
        Assert.That(Journal.Read(_lab.Run).Kernels.Single().Status, Is.EqualTo(KernelStatus.Tested));
    }

    [Test]
    public async Task A_run_that_cannot_go_on_ends_its_VMs_first()
    {
        var run = _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", "echo $$ >\"$here/pids\"; header; hang"),
            RunLab.Of("6.1.6", new BrokenSource(_lab["launcher", "pids"]))));
        Assert.That(async () => await run.WaitAsync(TimeSpan.FromSeconds(60)),
            Throws.InvalidOperationException.With.Message.EqualTo("a bug"));
        Assert.That(
            ProcessTable.IsRunning(
                int.Parse(await File.ReadAllTextAsync(_lab["launcher", "pids"]), CultureInfo.InvariantCulture)),
            Is.False);
    }

    /// <summary>Breaks, as only a bug would, once a file is there.</summary>
    private sealed class BrokenSource(string file) : IImageSource
    {
        public bool IsCached => false;

        public async Task<ImageResult> AcquireAsync(IProgress<long> received, CancellationToken cancellation)
        {
            await ProcessTable.UntilAsync(() => File.Exists(file) && new FileInfo(file).Length > 0,
                "the other VM runs");
            throw new InvalidOperationException("a bug");
        }
    }
}
