using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>Root in the guest turns on the board itself, without the guest's kernel, in one run.</summary>
public sealed class RootFaultTests() : GuestFaultTests(
    ["every-port", "reset-by-chipset", "reset-by-keyboard", "reset-by-port-92", "every-sleep", "report-by-port"],
    "--timeout", "60")
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

    [Test]
    public void What_root_writes_to_the_consoles_port_is_no_report_and_no_word_of_QEMUs() =>
        AssertRow("report-by-port", KernelStatus.ProbeError, NotWhole);
}
