using System.Text.Json;
using Harness.Ktap;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Runs;

public sealed class ClassifierTests
{
    [TestCaseSource(typeof(ConsoleFixture), nameof(ConsoleFixture.Names))]
    public void A_console_is_judged_as_it_was_when_it_was_captured(string name)
    {
        var fixture = ConsoleFixture.Load(name);
        var classification = Classify(fixture.End);
        Assert.That(JsonNamingPolicy.SnakeCaseLower.ConvertName(classification.Status.ToString()),
            Is.EqualTo(fixture.Status), classification.Reason);
        Assert.That(classification.Reason, fixture.Reason is null ? Is.Null : Does.StartWith(fixture.Reason));
    }

    [TestCaseSource(typeof(ConsoleFixture), nameof(ConsoleFixture.Names))]
    public void A_console_holds_just_the_complaints_that_it_is_known_to(string name)
    {
        var fixture = ConsoleFixture.Load(name);
        var report = ProbeReport.Read(fixture.End.Channel, ConsoleFixture.Nonce);
        var complaints = ConsoleComplaints.Of(fixture.End.Console, report, ConsoleFixture.Asked, inOrder: true);
        Assert.That(
            complaints.Select(c => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(c.Kind.ToString())}: {c.Text}"),
            Is.EqualTo(fixture.Complaints));
    }

    [Test]
    public void Every_status_that_a_VM_can_come_to_has_a_fixture()
    {
        KernelStatus[] withoutVm = [KernelStatus.Unavailable, KernelStatus.NotRun];
        var seen = ConsoleFixture.Names.Select(name => Classify(ConsoleFixture.Load(name).End).Status).Distinct();
        Assert.That(seen, Is.EquivalentTo(Enum.GetValues<KernelStatus>().Except(withoutVm)));
    }

    [Test]
    public void Only_a_whole_report_of_this_VM_is_tested()
    {
        var report =
            ReportText.Of(ConsoleFixture.Nonce, ("raw.a", ReportText.Accepted), ("raw.b", ReportText.Refused))
            .ToString();
        for (var length = 0; length < report.Length; length++)
        {
            foreach (var ending in Enum.GetValues<VmEnding>())
            {
                Assert.That(Classify(End(ending, channel: report[..length])).Status,
                    Is.Not.EqualTo(KernelStatus.Tested), $"{ending}, cut at {length}");
            }
        }
        Assert.That(Classify(End(VmEnding.Deadline, channel: report)).Status, Is.EqualTo(KernelStatus.Tested),
            "what is whole counts however the VM ended");
    }

    [TestCase("")]
    [TestCase("Kernel panic - not syncing: because of me\n")]
    public void A_guest_that_was_ended_for_writing_too_much_is_to_blame_whatever_else_it_wrote(string console)
    {
        var report = ReportText.Of(ConsoleFixture.Nonce, ("raw.a", ReportText.Accepted)).ToString();
        foreach (var channel in new[] { "", report[..40], report })
        {
            var end = End(VmEnding.Overflow, channel, console) with
            {
                Excess = "wrote more than 1 KiB to its console",
                LauncherError = "qemu-system-x86_64: ended by signal 25\n",
            };
            const string Reason = "the guest wrote more than 1 KiB to its console, and was ended";
            Assert.That(Classify(end), Is.EqualTo(new Classification(KernelStatus.ProbeError, Reason)));
        }
    }

    [TestCase("\u001b[1;31mKernel panic - not syncing: \u001b[0mno\u0007 way\u0000",
        "Kernel panic - not syncing: no way")]
    [TestCase("\u001b]0;pwned\u0007Kernel panic - not syncing: \u202egnp.exe", "Kernel panic - not syncing: gnp.exe")]
    [TestCase("Kernel panic - not syncing: a\u2028b\u009b31mc\rd", "Kernel panic - not syncing: ab31mcd")]
    public void Reasons_carry_no_escapes_and_no_control_characters(string console, string reason) =>
        Assert.That(Classify(End(VmEnding.Exited, console: console + "\n")).Reason, Is.EqualTo(reason));

    [Test]
    public void Nor_do_reasons_made_from_the_channel()
    {
        string[] reasons =
        [
            Classify(End(VmEnding.Exited,
                channel: new ReportText(ConsoleFixture.Nonce, "\u001b[2Jnoise\u0007").ToString())).Reason!,
            Classify(End(VmEnding.Exited, channel: new ReportText("\u001b[2Jnonce").ToString())).Reason!,
            Classify(End(VmEnding.Deadline,
                channel: ReportText.Of(ConsoleFixture.Nonce, ("raw.\u001b[2Ja", ReportText.Accepted)).Header
                    + "ok 1 raw.\u001b[2Ja # want=accept outcome=accept\n")).Reason!,
        ];
        Assert.That(reasons, Has.All.Not.Contain("\u001b").And.All.Not.Contain("[2J").And.All.Not.Contain("\u0007"));
    }

    [Test]
    public void A_very_long_line_is_shortened()
    {
        var reason =
            Classify(End(VmEnding.Exited,
                console: "Kernel panic - not syncing: " + new string('x', 5000) + "\n")).Reason!;
        Assert.That(reason, Has.Length.LessThan(210));
        Assert.That(reason, Does.EndWith("x…"));
    }

    /// <summary>
    /// Beside lines of a console, reasons quote ids, nonces and protocols, and a line of a report has 64 KiB.
    /// </summary>
    [Test]
    public void So_is_all_else_that_a_guest_has_quoted()
    {
        var text = new string('x', 60_000);
        string[] reports =
        [
            new ReportText(text).ToString(),
            new ReportText(ConsoleFixture.Nonce) { EndNonce = text }.ToString(),
            new ReportText(ConsoleFixture.Nonce).ToString().Replace("protocol=1", "protocol=" + text,
                StringComparison.Ordinal),
            ReportText.Of(ConsoleFixture.Nonce, (text, ReportText.Accepted)).Header
                + $"ok 1 {text} # {ReportText.Accepted}\n",
        ];
        Assert.That(reports.Select(channel => Classify(End(VmEnding.Exited, channel)).Reason!.Length),
            Is.All.InRange(900, 1_000));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Shortening_leaves_text_that_can_be_written(int offset)
    {
        var reason =
            Classify(End(VmEnding.Exited, console: new string(' ', offset) + "Kernel panic - not syncing:"
                + new string(' ', 1 + offset) + string.Concat(Enumerable.Repeat("😀", 300)))).Reason!;
        Assert.That(reason.EnumerateRunes().Select(rune => rune.Value), Has.None.EqualTo(0xFFFD),
            "no half of a pair is left");
    }

    [Test]
    public void The_first_oops_says_more_than_the_panic_that_follows()
    {
        const string Console = "BUG: first\nOops: second\nKernel panic - not syncing: Fatal exception\n";
        Assert.That(Classify(End(VmEnding.Exited, console: Console)).Reason, Is.EqualTo("BUG: first"));
    }

    private static Classification Classify(VmEnd end) =>
        Classifier.Classify(end, ProbeReport.Read(end.Channel, ConsoleFixture.Nonce));

    private static VmEnd End(VmEnding ending, string channel = "", string console = "") =>
        new(ending, channel, console, ending == VmEnding.NotLaunched ? "cannot start" : "", 0, TimeSpan.FromSeconds(3));
}
