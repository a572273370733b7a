using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>
/// Kernels that do not do what they should, in one run. On a busy host, an endless console takes long to be too long.
/// </summary>
public sealed class KernelFaultTests() : GuestFaultTests(
    ["triple-fault", "reset-at-once", "endless-console", "no-console", "panic-without-console", "forge-and-reset",
    "reset", "power-off", "panic-after-end", "panic-when-alone",
    "guest-out-of-memory"],
    "--timeout", "200")
{
    private const string Reset = "reset while probing (1 of 2 cases done";

    [Test]
    public void A_triple_fault_before_the_first_word_is_a_failed_boot() =>
        AssertRow("triple-fault", KernelStatus.BootFailed, "reset before the kernel said anything", cases: 0);

    [Test]
    public void A_kernel_that_resets_at_once_is_booted_no_third_time()
    {
        var row = AssertRow(
            "reset-at-once", KernelStatus.BootFailed, "reset before the kernel said anything", cases: 0);
        Assert.That(row.Attempts, Is.EqualTo(2), "lean, and as its vendor ships it");
    }

    [Test]
    public void A_kernel_that_never_stops_talking_is_ended() => AssertRow(
        "endless-console", KernelStatus.ProbeError, "more than 16384 KiB to its console, and was ended", cases: 0);

    [Test]
    public void A_kernel_without_a_console_is_tested() =>
        AssertRow("no-console", KernelStatus.Tested, null, cases: 2, ExitCodes.AsExpected);

    [Test]
    public void A_kernel_that_panics_without_a_console_crashed() =>
        AssertRow("panic-without-console", KernelStatus.Crashed, Reset);

    [Test]
    public void A_kernel_that_panics_when_it_is_asked_a_case_alone_is_tested_and_the_case_failed()
    {
        var row = AssertRow("panic-when-alone", KernelStatus.Tested, null, cases: 2);
        var crash = row.Cases.Single(c => c.Status == CaseStatus.Fail);
        Assert.That(crash.Step, Is.EqualTo("crash"));
        Assert.That(crash.Reason, Does.Contain("sysrq triggered crash").And.Contain("panic-when-alone.boot-2.log"));
        Assert.That(crash.Evidence, Does.Contain("Kernel panic - not syncing: sysrq triggered crash"));
        Assert.That(row.Complaints, Is.Empty);
    }

    [Test]
    public void What_a_guest_says_in_the_name_of_QEMU_is_not_believed() =>
        AssertRow("forge-and-reset", KernelStatus.Crashed, Reset);

    [Test]
    public void A_reset_while_probing_is_a_crash() => AssertRow("reset", KernelStatus.Crashed, Reset);

    [Test]
    public void A_machine_that_is_switched_off_while_probing_crashed() =>
        AssertRow("power-off", KernelStatus.Crashed, Reset);

    [Test]
    public void A_panic_right_after_the_end_marker_is_a_crash() => AssertRow(
        "panic-after-end", KernelStatus.Crashed, "Kernel panic - not syncing: sysrq triggered crash (2 of 2", cases: 2);

    [Test]
    public void A_prober_that_leaves_the_guest_no_memory_is_to_blame_for_the_panic() =>
        AssertRow("guest-out-of-memory", KernelStatus.ProbeError, "System is deadlocked on memory (1 of 2 cases done");
}
