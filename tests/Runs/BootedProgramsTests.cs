using Harness.Ktap;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>The reports of two programs in one boot. SeveralProbersTests has what becomes of the programs.</summary>
public sealed class BootedProgramsTests
{
    private const string Console = """
        [    1.300000] init: the probes start
        [    2.500000] WARNING: CPU: 0 PID: 64 at kernel/bpf/syscall.c:401

        """;

    private static readonly string[] _names = ["first", "second"];

    private static readonly ReportText _first = ReportText.Of(ConsoleFixture.Nonce, ("raw.a", ReportText.Accepted));

    private static readonly ReportText _second = ReportText.Of(
        ConsoleFixture.Nonce, ("raw.b", ReportText.Accepted), ("raw.c", ReportText.Accepted));

    private static string First => Named(_first, "first") + _first.Body + _first.End;

    [Test]
    public void Each_program_has_the_report_that_carries_its_name()
    {
        var reports = Reports(Named(_second, "second") + _second.Body + _second.End + First);
        Assert.That(reports.Select(r => (r.Probe, r.IsWhole, r.Cases.Count)),
            Is.EqualTo(new[] { ("first", true, 1), ("second", true, 2) }));
    }

    [Test]
    public void A_report_of_a_name_that_no_program_has_is_nobodys() =>
        Assert.That(Reports(First + Named(_second, "third") + _second.Body + _second.End)[1].HasHeader, Is.False);

    [Test]
    public void A_complaint_is_of_the_case_that_the_second_program_was_at()
    {
        var begun = First + Named(_second, "second") + _second.Results[0] + "\n";
        Assert.That(CaseOfComplaint(begun), Is.EqualTo("raw.c"));
    }

    [Test]
    public void A_complaint_is_of_no_case_where_an_earlier_program_left_some_out()
    {
        var begun = Named(_first, "first") + Named(_second, "second") + _second.Results[0] + "\n";
        Assert.That(CaseOfComplaint(begun), Is.Null);
    }

    private static string? CaseOfComplaint(string channel) => ConsoleComplaints.Of(
        Console, BootedPrograms.Joined(Reports(channel)),
        [.. new[] { "raw.a", "raw.b", "raw.c" }.Select(id => new ProbeCase(id, Outcome.Accept, ""))], inOrder: true)
        .Single().Case;

    private static IReadOnlyList<ProbeReport> Reports(string channel) =>
        BootedPrograms.Reports(channel, ConsoleFixture.Nonce, _names);

    private static string Named(ReportText text, string name) => text.Header.Replace(
        $" cases={text.Results.Count}", $" cases={text.Results.Count} log=kmsg probe={name}", StringComparison.Ordinal);
}
