using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>The faults inside the VM that matter most, in one run: each pull request is tested with them.</summary>
[Category(FaultSuite.InCi)]
public sealed class CommonGuestFaultTests() : GuestFaultTests(
    ["no-init", "panic", "segfault", "half-a-line", "unplanned", "replay", "flood-in-a-line"])
{
    [Test]
    public void A_kernel_that_panics_before_the_prober_failed_to_boot()
    {
        var row = AssertRow("no-init", KernelStatus.BootFailed, "Kernel panic - not syncing: VFS: Unable to mount", 0);
        Assert.That(row.ConsoleExcerpt, Does.Contain("Unable to mount root fs"));
    }

    [Test]
    public void A_kernel_that_panics_while_probing_crashed() =>
        AssertRow("panic", KernelStatus.Crashed, "Kernel panic - not syncing: sysrq triggered crash (1 of 2");

    [Test]
    public void A_prober_that_segfaults_is_an_error_of_the_prober() =>
        AssertRow("segfault", KernelStatus.ProbeError, "was ended by signal 11 (1 of 2 cases done");

    [Test]
    public void A_report_that_ends_in_the_middle_of_a_line_is_not_whole() =>
        AssertRow("half-a-line", KernelStatus.ProbeError, "the report is not whole (1 of 2 cases done");

    [Test]
    public void A_case_that_was_not_planned_ends_what_is_believed() =>
        AssertRow("unplanned", KernelStatus.ProbeError, "has other cases than the 2 asked for", cases: 2);

    [Test]
    public void The_report_of_an_earlier_run_answers_nothing() =>
        AssertRow("replay", KernelStatus.ProbeError, "carries the nonce '0123456789abcdef'", cases: 0);

    [Test]
    public void A_prober_that_writes_100_MB_is_ended() => AssertRow(
        "flood-in-a-line", KernelStatus.ProbeError, "a line of more than 64 KiB to its channel, and was ended");
}
