using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>Root in the guest turns on the board itself, without the guest's kernel, in one run.</summary>
public sealed class RootFaultTests() : GuestFaultTests(
    [
        "every-port", "every-port-by-bytes", "reset-by-chipset", "reset-by-keyboard", "reset-by-port-92", "every-sleep",
        "report-by-port", "restart-by-triple", "restart-by-kbd", "restart-by-acpi", "restart-by-pci", "restart-by-bios",
        "mapped-devices", "interrupts", "pci-configuration", "disk-controller", "firmware", "take-out", "backdoor",
    ],
    "--timeout", "30", "--jobs", "4")
{
    private const string Reset = "reset while probing (1 of 2 cases done";
    private const string NotWhole = "the report is not whole (1 of 2 cases done";

    /// <summary>Some versions of QEMU end by themselves at a port to which a word is written.</summary>
    [Test]
    public void A_guest_that_writes_to_every_port_costs_its_own_row_only() =>
        AssertRow("every-port", KernelStatus.Crashed, "(1 of 2 cases done");

    [TestCase("reset-by-chipset")]
    [TestCase("reset-by-keyboard")]
    [TestCase("reset-by-port-92")]
    [TestCase("every-sleep")]
    public void A_board_that_root_resets_or_puts_to_sleep_crashed(string fault) =>
        AssertRow(fault, KernelStatus.Crashed, Reset);

    /// <summary>
    /// What becomes of the machine depends on QEMU's version: it resets, hangs or ends, or nothing happens at all, and
    /// the prober ends without a whole report.
    /// </summary>
    [TestCase("every-port-by-bytes")]
    [TestCase("restart-by-triple")]
    [TestCase("restart-by-kbd")]
    [TestCase("restart-by-acpi")]
    [TestCase("restart-by-pci")]
    [TestCase("restart-by-bios")]
    [TestCase("mapped-devices")]
    [TestCase("interrupts")]
    [TestCase("pci-configuration")]
    [TestCase("disk-controller")]
    [TestCase("firmware")]
    [TestCase("take-out")]
    [TestCase("backdoor")]
    public void Whatever_root_makes_of_the_machine_it_costs_its_own_row_only(string fault) => AssertRow(
        fault, [KernelStatus.Crashed, KernelStatus.ProbeTimeout, KernelStatus.ProbeError], "(1 of 2 cases done");

    [Test]
    public void What_root_writes_to_the_consoles_port_is_no_report_and_no_word_of_QEMUs() =>
        AssertRow("report-by-port", KernelStatus.ProbeError, NotWhole);
}
