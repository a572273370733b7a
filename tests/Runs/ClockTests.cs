using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>The machine's clock, which may be set while a run goes on.</summary>
public sealed class ClockTests
{
    [Test]
    public async Task A_run_ends_after_its_start_though_the_clock_was_set_back()
    {
        using var lab = new RunLab();
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        var plan = lab.Plan(lab.Kernel("6.1.5", "whole"));
        var document = await lab.RunAsync(plan with { Request = plan.Request with { StartedAt = tomorrow } });
        Assert.That(document.Run.FinishedAt, Is.EqualTo(tomorrow));
        Assert.That(document.Kernels.Single().Seconds, Is.InRange(0, 60), "a kernel's time is not the clock's");
    }
}
