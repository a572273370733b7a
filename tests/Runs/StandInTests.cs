using Harness.Kernels;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>
/// Where the archive lists a kernel and does not serve it, the next of its series stands in, and both rows say so.
/// </summary>
public sealed class StandInTests
{
    private RunLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new RunLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task The_next_choice_is_tested_and_the_absent_one_counts_for_nothing()
    {
        var document =
            await _lab.RunAsync(
                _lab.Plan(RunLab.Of(NotServed("5.10.1"), NotServed("5.10.2"), _lab.Kernel("5.10.3", "whole"))));
        Assert.That(document.Kernels.Select(k => (k.Version, k.Status, k.AsExpected)), Is.EqualTo(new[]
        {
            ("5.10.1", KernelStatus.Unavailable, true),
            ("5.10.2", KernelStatus.Unavailable, true),
            ("5.10.3", KernelStatus.Tested, true),
        }));
        Assert.That(document.Kernels[2].Note, Is.EqualTo("stands in for debian-5.10.1"));
        Assert.That(RunExitCode.Of(document), Is.EqualTo(ExitCodes.AsExpected));
        Assert.That(_lab.Events.OfType<RunEvent.StandIn>().Select(e => (e.For, e.Kernel.Id)),
            Is.EqualTo(new[] { ("debian-5.10.1", "debian-5.10.2"), ("debian-5.10.2", "debian-5.10.3") }));
    }

    [Test]
    public async Task Nobody_stands_in_for_a_kernel_that_is_absent_for_another_reason()
    {
        var absent = RunLab.Of("5.10.1", new FixedSource(new ImageResult.Unavailable("its hash is another")));
        var document = await _lab.RunAsync(_lab.Plan(RunLab.Of(absent, _lab.Kernel("5.10.3", "whole"))));
        Assert.That(document.Kernels.Select(k => (k.Status, k.AsExpected)),
            Is.EqualTo(new[] { (KernelStatus.Unavailable, false) }));
    }

    [Test]
    public async Task A_kernel_asked_for_by_name_that_is_not_served_is_an_error()
    {
        var document = await _lab.RunAsync(_lab.Plan(NotServed("5.10.1", byName: true)));
        Assert.That(document.Kernels.Single().AsExpected, Is.False);
        Assert.That(RunExitCode.Of(document), Is.EqualTo(ExitCodes.NotTestable));
    }

    [Test]
    public async Task Two_picks_of_a_series_never_come_to_the_same_kernel()
    {
        var (oldest, middle, newest) = (NotServed("5.10.1"), _lab.Kernel("5.10.2", "whole"), NotServed("5.10.3"));
        var document =
            await _lab.RunAsync(_lab.Plan(RunLab.Of(oldest, middle, newest), RunLab.Of(newest, middle, oldest)));
        Assert.That(document.Kernels.Select(k => (k.Version, k.Status)), Is.EqualTo(new[]
        {
            ("5.10.1", KernelStatus.Unavailable),
            ("5.10.2", KernelStatus.Tested),
            ("5.10.3", KernelStatus.Unavailable),
        }));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_stand_in_that_was_tested_before_the_interruption_is_not_tested_again()
    {
        var pick = RunLab.Of(NotServed("5.10.1"), _lab.Kernel("5.10.2", "whole"), _lab.Kernel("5.10.3", "whole"));
        var before =
            (await _lab.RunAsync(_lab.Plan(pick))).Kernels.Where(k => k.Status == KernelStatus.Tested).ToList();
        var document = await _lab.RunAsync(_lab.Plan(pick) with { Resumed = before });
        Assert.That(_lab.Launcher.Launched, Is.EqualTo(new[] { "5.10.2 tcg" }));
        Assert.That(document.Kernels.Select(k => (k.Version, k.Status)), Is.EqualTo(new[]
        {
            ("5.10.1", KernelStatus.Unavailable),
            ("5.10.2", KernelStatus.Tested),
        }));
    }

    [Test]
    public async Task What_another_pick_came_to_before_the_interruption_stands_in_for_nobody()
    {
        var second = _lab.Kernel("5.10.2", "whole");
        var before = (await _lab.RunAsync(_lab.Plan(second))).Kernels;
        var document =
            await _lab.RunAsync(
                _lab.Plan(RunLab.Of(NotServed("5.10.1"), second,
                    _lab.Kernel("5.10.3", "whole"))) with
                { Resumed = before });
        Assert.That(_lab.Launcher.Launched, Is.EqualTo(new[] { "5.10.2 tcg", "5.10.3 tcg" }));
        Assert.That(document.Kernels.Select(k => k.Note),
            Is.EqualTo(new[] { null, null, "stands in for debian-5.10.1" }));
    }

    private static PlannedKernel NotServed(string version, bool byName = false) =>
        RunLab.Of(version, new FixedSource(new ImageResult.Unavailable("404", NotServed: true)), byName);
}
