using System.Text.RegularExpressions;
using Harness.Ktap;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class ReportCheckTests
{
    private const string Nonce = "feed";

    private static readonly string[] _steps = ["inner", "update"];

    private static readonly ProbeCase[] _asked =
        [new("raw.a", Outcome.Accept, ""), new("raw.b", Outcome.Reject, ""), new("raw.c", Outcome.Accept, "")];

    private static readonly string[] _good =
    [
        "ok 1 raw.a # want=accept outcome=accept",
        "ok 2 raw.b # want=reject outcome=reject step=update errno=EINVAL",
        "not ok 3 raw.c # want=accept outcome=reject step=inner errno=524",
    ];

    [Test]
    public void A_report_in_the_probers_own_words_stays_as_it_is()
    {
        var report = Read(_good);
        Assert.That(Check().Of(report), Is.SameAs(report));
    }

    [TestCase("ok 2 raw.b # want=accept outcome=accept",
        "the case raw.b wants 'accept', the prober's list says 'reject'")]
    [TestCase("ok 2 raw.b # want=reject outcome=reject step=bogus errno=EINVAL",
        "the case raw.b names the step 'bogus', which its probe does not have")]
    [TestCase("ok 2 raw.b # want=reject outcome=reject step=update errno=EPWNED",
        "the case raw.b names the errno 'EPWNED', which there is not")]
    [TestCase("ok 2 raw.b # want=reject outcome=reject step=update errno=0",
        "the case raw.b names the errno '0', which there is not")]
    [TestCase("ok 2 raw.z # want=accept outcome=accept", "the report has other cases than the 3 asked for")]
    [TestCase("ok 2 raw.c # want=accept outcome=accept", "the report has other cases than the 3 asked for")]
    public void What_the_prober_cannot_have_said_is_nobodys_answer(string line, string problem)
    {
        var report = Check().Of(Read([_good[0], line]));
        Assert.That((report.Problem, report.IsWhole), Is.EqualTo((problem, false)));
        Assert.That(report.Cases.Select(c => c.Id), Is.EqualTo(new[] { "raw.a" }), "no pass that nobody measured");
    }

    [Test]
    public void A_case_that_was_never_planned_does_not_stay_in_a_report_that_is_not_whole()
    {
        var text = new ReportText(Nonce, [_good[0], "ok 2 raw.made.up # want=accept outcome=accept"]) { Planned = 3 };
        var report = Check().Of(ProbeReport.Read(text.Header + text.Body, Nonce));
        Assert.That(report.Cases.Select(c => c.Id), Is.EqualTo(new[] { "raw.a" }));
        Assert.That(report.Problem, Is.EqualTo("the report has other cases than the 3 asked for"));
    }

    [Test]
    public void A_shuffled_report_may_have_its_cases_in_any_order()
    {
        var report = Read([
            _good[2].Replace(" 3 ", " 1 ", StringComparison.Ordinal), _good[1],
            _good[0].Replace(" 1 ", " 3 ", StringComparison.Ordinal),
        ]);
        Assert.That(Check(inOrder: false).Of(report), Is.SameAs(report));
        Assert.That(Check().Of(report).IsWhole, Is.False);
    }

    [Test]
    public void The_names_of_errors_are_those_that_the_prober_has()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Find().Path, "bpf", "shared", "errno_names.c"));
        var names = Regex.Matches(source, @"NAME\((E\w+)\)").Select(m => m.Groups[1].Value);
        Assert.That(ErrnoNames.All, Is.EquivalentTo(names.Append("ENOTSUPP")));
        var ofLibrary = Regex.Matches(source, @"""(\w+_ERRNO__\w+)""").Select(m => m.Groups[1].Value).ToList();
        Assert.That(ofLibrary, Has.Count.EqualTo(14));
        Assert.That(ofLibrary.Where(n => !ErrnoNames.IsKnown(n) || !ErrnoNames.CanBeExpected(n)), Is.Empty);
    }

    [TestCase("_ERRNO__FORMAT")]
    [TestCase("LIBRARY_ERRNO__")]
    [TestCase("LIBRARY_ERRNO__FORMAT ")]
    public void What_only_resembles_a_librarys_error_is_none(string name) =>
        Assert.That((ErrnoNames.IsKnown(name), ErrnoNames.CanBeExpected(name)), Is.EqualTo((false, false)));

    [Test]
    public void More_text_than_any_healthy_report_has_is_the_guests_doing()
    {
        var reason = new string('x', 60_000);
        ProbeCase[] asked = [.. Enumerable.Range(1, 9).Select(i => new ProbeCase($"raw.{i}", Outcome.Accept, ""))];
        var report = Read(
            [.. asked.Index().Select(
                c => $"ok {c.Index + 1} {c.Item.Id} # want=accept outcome=accept reason={reason}")]);
        Assert.That(report.Cases.Select(c => c.Reason), Has.All.EqualTo(reason));
        var read = new ReportCheck(asked, _steps, inOrder: true).Of(report);
        Assert.That((read.Cases.Count, read.IsWhole), Is.EqualTo((4, false)));
        Assert.That(read.Problem, Does.StartWith("the guest wrote more than 256 KiB"));
    }

    private static ReportCheck Check(bool inOrder = true) => new(_asked, _steps, inOrder);

    private static ProbeReport Read(string[] lines) =>
        ProbeReport.Read(new ReportText(Nonce, lines).ToString(), Nonce);
}
