using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>
/// Guests that never end, in one run. One that says nothing is booted a second time as its vendor ships it; a hang is a
/// verdict and not tried again.
/// </summary>
public sealed class HangingGuestTests() : GuestFaultTests(["dead", "freeze", "hang"], "--timeout", "20", "--jobs", "5")
{
    [Test]
    public void A_kernel_that_hangs_before_its_first_word_runs_into_the_deadline()
    {
        var row = AssertRow("dead", KernelStatus.BootTimeout, "the kernel said nothing", cases: 0);
        Assert.That(row.Attempts, Is.EqualTo(2));
    }

    [Test]
    public void A_kernel_that_falls_silent_while_probing_runs_into_the_deadline() =>
        AssertRow("freeze", KernelStatus.ProbeTimeout, "the deadline of 20 s passed (1 of 2 cases done");

    [Test]
    public void A_prober_that_hangs_runs_into_the_deadline()
    {
        var row = AssertRow("hang", KernelStatus.ProbeTimeout, "the deadline of 20 s passed (1 of 2 cases done");
        Assert.That(row.Attempts, Is.EqualTo(1));
    }
}
