using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>Probers that do not do what they should, in one run.</summary>
public sealed class ProberFaultTests() : GuestFaultTests(
    ["wrong-end", "missing", "duplicate", "invalid-utf8", "nul-bytes", "flood-of-lines", "closed-channel",
    "console-only", "exec-away", "end-early", "out-of-memory", "fork-bomb", "kill-init"])
{
    private const string Silent = "the prober ended without a report";
    private const string NotWhole = "the report is not whole (1 of 2 cases done";

    [Test]
    public void An_end_marker_with_another_nonce_ends_no_report() =>
        AssertRow("wrong-end", KernelStatus.ProbeError, "the end marker carries the nonce 'beef'", cases: 2);

    [Test]
    public void A_report_with_fewer_cases_than_planned_is_not_whole() =>
        AssertRow("missing", KernelStatus.ProbeError, NotWhole);

    [Test]
    public void A_case_that_is_reported_twice_ends_what_is_believed() =>
        AssertRow("duplicate", KernelStatus.ProbeError, "is reported twice");

    [Test]
    public void Bytes_that_are_no_text_are_no_report()
    {
        var row = AssertRow("invalid-utf8", KernelStatus.ProbeError, "not KTAP", cases: 2);
        Assert.That(row.Reason, Has.None.EqualTo('\u001b'), "what steers a terminal is left out");
    }

    [Test]
    public void An_id_with_a_NUL_in_it_is_another_id() =>
        AssertRow("nul-bytes", KernelStatus.ProbeError, "has other cases than the 2 asked for");

    [Test]
    public void A_prober_that_writes_lines_for_ever_is_ended() =>
        AssertRow("flood-of-lines", KernelStatus.ProbeError, "more than 100000 lines to its channel, and was ended");

    [Test]
    public void A_prober_that_closes_its_channel_leaves_a_report_that_is_not_whole() =>
        AssertRow("closed-channel", KernelStatus.ProbeError, NotWhole);

    [Test]
    public void A_report_on_the_console_is_none() =>
        AssertRow("console-only", KernelStatus.ProbeError, Silent, cases: 0);

    [Test]
    public void A_prober_that_becomes_another_program_leaves_a_report_that_is_not_whole() =>
        AssertRow("exec-away", KernelStatus.ProbeError, NotWhole);

    [Test]
    public void A_prober_that_ends_without_a_word_is_an_error_of_the_prober() =>
        AssertRow("end-early", KernelStatus.ProbeError, Silent, cases: 0);

    [Test]
    public void A_prober_that_takes_all_memory_is_killed_and_init_says_so() =>
        AssertRow("out-of-memory", KernelStatus.ProbeError, "was ended by signal 9 (1 of 2 cases done");

    [Test]
    public void A_fork_bomb_is_ended_with_its_prober() => AssertRow("fork-bomb", KernelStatus.ProbeError, NotWhole);

    [Test]
    public void A_prober_that_kills_init_is_to_blame_for_the_panic() =>
        AssertRow("kill-init", KernelStatus.ProbeError, "Attempted to kill init! exitcode=0x0000000");
}
