using Harness.Ktap;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class ConsoleComplaintsTests
{
    private const string Console = """
        [    1.000000] WARNING: CPU: 0 PID: 1 at before
        [    1.300000] init: the probes start
        [    2.500000] WARNING: CPU: 0 PID: 64 at kernel/bpf/syscall.c:401

        """;

    private static readonly ReportText _text = ReportText.Of(
        ConsoleFixture.Nonce, ("raw.a", ReportText.Accepted),
        ("raw.b", "want=reject outcome=reject step=update errno=EINVAL"), ("raw.c", ReportText.Accepted));

    private static string Header => _text.Header.Replace(" cases=3", " cases=3 log=kmsg", StringComparison.Ordinal);

    [Test]
    public void The_case_is_the_one_in_which_the_prober_saw_the_kernel_log_something()
    {
        var log = "# log case=raw.b from=2.400000 to=2.600000\n";
        var complaint = Of(Header + log + _text.Body + _text.End).Single();
        Assert.That(complaint,
            Is.EqualTo(new Complaint(ComplaintKind.Warning, "WARNING: CPU: 0 PID: 64 at kernel/bpf/syscall.c:401", 3,
                "raw.b")));
    }

    [TestCase("# log case=raw.b from=1.400000 to=1.600000\n")]
    [TestCase("# log case=raw.made.up from=2.400000 to=2.600000\n")]
    [TestCase("")]
    public void Where_the_case_cannot_be_told_none_is_named(string log) =>
        Assert.That(Of(Header + log + _text.Body + _text.End).Single().Case, Is.Null);

    [Test]
    public void What_no_finished_case_saw_is_of_the_one_that_never_finished() =>
        Assert.That(Of(Header + _text.Results[0] + "\n").Single().Case, Is.EqualTo("raw.b"));

    [Test]
    public void Without_the_prober_s_word_only_the_first_case_is_sure()
    {
        Assert.That(Of(_text.Header).Single().Case, Is.EqualTo("raw.a"));
        Assert.That(Of(_text.Header + _text.Results[0] + "\n").Single().Case, Is.Null);
    }

    [Test]
    public void A_lone_case_is_the_one() => Assert.That(
        ConsoleComplaints.Of(Console, Read(_text.ToString()), [ConsoleFixture.Asked[1]], inOrder: true).Single().Case,
        Is.EqualTo("raw.b"));

    [Test]
    public void A_kernel_that_never_reached_the_prober_has_none() => Assert.That(Of(""), Is.Empty);

    [Test]
    public void A_kernel_that_complains_without_end_is_cut_short()
    {
        var complaints = Complaints(string.Concat(Enumerable.Repeat("[ 2.0] WARNING: again\n", 1000)));
        Assert.That(complaints, Has.Count.EqualTo(20));
    }

    [Test]
    public void What_is_said_again_and_again_hides_nothing_else()
    {
        var flood = string.Concat(Enumerable.Repeat("[ 2.0] WARNING: again\n", 1000));
        var complaints = Complaints(flood + "[ 3.0] BUG: KASAN: use-after-free in x\n");
        Assert.That(complaints, Has.Count.EqualTo(20));
        Assert.That((complaints[0].Text, complaints[^1].Kind), Is.EqualTo(("WARNING: again", ComplaintKind.Kasan)));
    }

    [Test]
    public void Of_too_many_different_ones_it_is_said_how_many_are_left_out()
    {
        var complaints = Complaints(string.Concat(Enumerable.Range(0, 100).Select(i => $"[ 2.0] WARNING: no. {i}\n")));
        Assert.That(complaints, Has.Count.EqualTo(20));
        Assert.That(complaints[^1].Text, Is.EqualTo("and 81 other complaints"));
    }

    [TestCase("half a line [    2.500000] WARNING: x")]
    [TestCase("[    2.400000] [ 1.0] [    2.500000] WARNING: x")]
    [TestCase("[    2.500000][   T64] WARNING: x")]
    public void A_line_that_a_program_left_open_hides_no_complaint(string line) =>
        Assert.That(Complaints($"[ 2.0] init\n{line}\n").Select(c => c.Text), Is.EqualTo(new[] { "WARNING: x" }));

    [Test]
    public void A_line_that_never_ends_hides_no_complaint()
    {
        var line = string.Concat(Enumerable.Repeat("[ 1.0] ", 100_000));
        Assert.That(Complaints(line + "[ 2.5] WARNING: x\n").Select(c => c.Text), Is.EqualTo(new[] { "WARNING: x" }));
    }

    [Test]
    public void What_a_program_says_is_no_complaint_of_the_kernel() =>
        Assert.That(Complaints("[ 2.0] init\nWARNING: deprecated option\nBUG: KASAN: said a program\n"), Is.Empty);

    [Test]
    public void A_kernel_that_shows_no_times_is_read_all_the_same() =>
        Assert.That(Complaints("WARNING: x\n").Select(c => c.Text), Is.EqualTo(new[] { "WARNING: x" }));

    /// <summary>The lines are those of the file, of which a part was not read.</summary>
    [Test]
    public void A_console_that_is_too_long_to_be_read_is_a_complaint_itself()
    {
        const string LeftOut = "[900 bytes, 30 lines are left out here]";
        var complaints = Complaints($"[ 2.0] a\n[ 2.1] b\n{LeftOut}\n\n[ 2.2] WARNING: x\n");
        var read = complaints.Select(c => (c.Kind, c.Text, c.Line));
        Assert.That(read, Is.EqualTo(new[]
        {
            (ComplaintKind.Unread, LeftOut, 3), (ComplaintKind.Warning, "WARNING: x", 33),
        }));
    }

    private static IReadOnlyList<Complaint> Complaints(string console) =>
        ConsoleComplaints.Of(console, Read(_text.ToString()), ConsoleFixture.Asked, inOrder: true);

    private static IReadOnlyList<Complaint> Of(string channel) =>
        ConsoleComplaints.Of(Console, Read(channel), ConsoleFixture.Asked, inOrder: true);

    private static ProbeReport Read(string channel) => ProbeReport.Read(channel, ConsoleFixture.Nonce);
}
