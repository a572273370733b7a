using Harness.Ktap;
using Harness.Tests.Support;

namespace Harness.Tests.Ktap;

public sealed class ProbeReportTests
{
    private const string Nonce = "0123abcd";

    private static readonly string[] _results =
    [
        "ok 1 raw.a # want=accept outcome=accept",
        "ok 2 raw.b # want=reject outcome=reject step=update errno=EINVAL",
        "not ok 3 raw.c # want=accept outcome=reject step=update errno=ENOTSUPP",
        "ok 4 raw.d # SKIP want=accept outcome=null step=inner errno=EINVAL reason=the kernel has no timers",
        "not ok 5 raw.e # want=accept outcome=null step=update errno=EPERM reason=no verdict: not permitted",
    ];

    private static ReportText Whole => new(Nonce, _results);

    [Test]
    public void A_whole_report_is_read()
    {
        var report = ProbeReport.Read(Whole.ToString(), Nonce);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.IsWhole, report.Problem);
            Assert.That((report.Release, report.Machine, report.Planned), Is.EqualTo(("6.1.0-test", "x86_64", 5)));
            Assert.That(report.Cases, Is.EqualTo(new[]
            {
                new ProbedCase(1, "raw.a", true, false, "accept", "accept", null, null, null),
                new ProbedCase(2, "raw.b", true, false, "reject", "reject", "update", "EINVAL", null),
                new ProbedCase(3, "raw.c", false, false, "accept", "reject", "update", "ENOTSUPP", null),
                new ProbedCase(4, "raw.d", true, true, "accept", null, "inner", "EINVAL", "the kernel has no timers"),
                new ProbedCase(
                    5, "raw.e", false, false, "accept", null, "update", "EPERM", "no verdict: not permitted"),
            }));
        }
    }

    [TestCase("us=912345+612", 912_345, 612)]
    [TestCase("us=0+0 reason=us=7+8", 0, 0)]
    [TestCase("us=1000000000000+3", 1_000_000_000_000, 3)]
    public void A_case_says_when_it_was_asked_and_how_long_it_took(string field, long start, long duration) =>
        Assert.That(TimeOf(field), Is.EqualTo(
            new CaseTime(TimeSpan.FromMicroseconds(start), TimeSpan.FromMicroseconds(duration))));

    /// <summary>A guest writes what it likes; the verdict stands all the same.</summary>
    [TestCase("")]
    [TestCase("us=")]
    [TestCase("us=5")]
    [TestCase("us=5+")]
    [TestCase("us=-5+6")]
    [TestCase("us=5+6+7")]
    [TestCase("us=1.5+6")]
    [TestCase("us=1000000000001+6")]
    [TestCase("us=6+99999999999999999999")]
    [TestCase("reason=us=5+6")]
    public void A_time_that_makes_no_sense_is_none(string field) => Assert.That(TimeOf(field), Is.Null);

    private static CaseTime? TimeOf(string field) =>
        ProbeReport.Read(ReportText.Of(Nonce, ("raw.a", $"{ReportText.Accepted} {field}")).ToString(), Nonce)
            .Cases.Single().Time;

    [Test]
    public void A_report_of_no_cases_is_whole() =>
        Assert.That(ProbeReport.Read(new ReportText(Nonce).ToString(), Nonce).IsWhole);

    [Test]
    public void Another_runs_report_is_refused_with_all_its_cases()
    {
        var report = ProbeReport.Read(Whole.ToString(), "beef");
        Assert.That(report.IsWhole, Is.False);
        Assert.That(report.Cases, Is.Empty);
        Assert.That(report.Problem, Is.EqualTo("the report carries the nonce '0123abcd', this VM was given 'beef'"));
    }

    /// <summary>uname(2) gives no longer name than 64 characters.</summary>
    [TestCase("release=6.1.0-test", "release=", 64, true)]
    [TestCase("release=6.1.0-test", "release=", 65, false)]
    [TestCase("machine=x86_64", "machine=", 64, true)]
    [TestCase("machine=x86_64", "machine=", 65, false)]
    public void A_name_that_no_kernel_can_have_is_none(string field, string key, int length, bool believed)
    {
        var name = new string('x', length);
        var report = ProbeReport.Read(Whole.ToString().Replace(field, key + name, StringComparison.Ordinal), Nonce);
        Assert.That(report.IsWhole, Is.EqualTo(believed), report.Problem);
        Assert.That(new[] { report.Release, report.Machine }.Contains(name), Is.EqualTo(believed));
    }

    [Test]
    public void Another_protocol_is_refused()
    {
        var text = Whole.ToString().Replace("protocol=1", "protocol=2", StringComparison.Ordinal);
        var report = ProbeReport.Read(text, Nonce);
        Assert.That(report.Problem, Is.EqualTo("the prober speaks protocol 2, this harness speaks 1"));
    }

    [Test]
    public void Without_the_end_marker_the_cases_stand_and_the_report_is_not_whole()
    {
        var report = ProbeReport.Read(Whole.Header + Whole.Body, Nonce);
        Assert.That((report.IsWhole, report.HasEnd, report.Problem, report.Cases.Count),
            Is.EqualTo((false, false, (string?)null, 5)));
    }

    [Test]
    public void An_end_marker_of_another_nonce_or_count_does_not_close_it()
    {
        ReportText[] reports =
            [Whole with { EndNonce = "beef" }, Whole with { EndCount = 6 }, Whole with { Planned = 6 }];
        Assert.That(reports.Select(report => ProbeReport.Read(report.ToString(), Nonce).IsWhole), Has.All.False);
    }

    [Test]
    public void An_end_marker_of_another_nonce_is_a_problem()
    {
        var report = ProbeReport.Read((Whole with { EndNonce = "beef" }).ToString(), Nonce);
        Assert.That(report.Problem,
            Is.EqualTo("the end marker carries the nonce 'beef', this VM was given '0123abcd'"));
    }

    [Test]
    public void Results_without_a_header_are_nobodys()
    {
        var report = ProbeReport.Read("KTAP version 1\n1..5\n" + Whole.Body, Nonce);
        Assert.That((report.HasHeader, report.Problem, report.Cases.Count),
            Is.EqualTo((false, "results without a header", 0)));
    }

    [Test]
    public void Silence_is_no_report_and_no_problem()
    {
        var report = ProbeReport.Read("", Nonce);
        Assert.That((report.HasHeader, report.Problem, report.IsWhole), Is.EqualTo((false, (string?)null, false)));
    }

    [TestCase("ok 3 raw.a # want=accept outcome=accept", "the case raw.a is reported twice")]
    [TestCase("ok 4 raw.c # want=accept outcome=accept", "result 4 stands where result 3 should")]
    [TestCase("ok 3 raw.c # want=accept outcome=reject step=update errno=EINVAL",
        "result 3 is 'ok', which its outcome contradicts")]
    [TestCase("not ok 3 raw.c # want=reject outcome=reject step=update errno=EINVAL",
        "result 3 is 'not ok', which its outcome contradicts")]
    [TestCase("not ok 3 raw.c # SKIP want=accept outcome=null reason=x",
        "result 3 is 'not ok', which its outcome contradicts")]
    [TestCase("ok 3 raw.c # want=accept outcome=null", "result 3 is 'ok', which its outcome contradicts")]
    [TestCase("ok 3 raw.c # want=accept outcome=maybe",
        "result 3 says neither accept nor reject: 'want=accept outcome=maybe'")]
    [TestCase("ok 3 raw.c", "result 3 says neither accept nor reject: ''")]
    public void A_result_that_makes_no_sense_ends_what_is_believed(string line, string problem)
    {
        var text = new ReportText(Nonce, _results[0], _results[1], line, _results[3], _results[4]).ToString();
        var report = ProbeReport.Read(text, Nonce);
        Assert.That((report.Problem, report.IsWhole), Is.EqualTo((problem, false)));
        Assert.That(report.Cases.Select(c => c.Id), Is.EqualTo(new[] { "raw.a", "raw.b" }));
    }

    [Test]
    public void A_line_between_that_is_no_KTAP_is_a_problem()
    {
        var text = new ReportText(Nonce, _results[0], "BUG: unable to handle " + new string('x', 200))
        {
            Planned = 1,
            EndCount = 1,
        };
        var report = ProbeReport.Read(text.ToString(), Nonce);
        Assert.That(report.IsWhole, Is.False);
        Assert.That(report.Problem,
            Does.StartWith("not KTAP: 'BUG: unable to handle x").And.EndsWith("x…'").And.Length.LessThan(150));
    }

    [Test]
    public void Cut_at_any_byte_it_is_not_whole_and_keeps_a_prefix_of_its_cases()
    {
        var text = Whole.ToString();
        var all = ProbeReport.Read(text, Nonce).Cases;
        for (var length = 0; length < text.Length; length++)
        {
            var report = ProbeReport.Read(text[..length], Nonce);
            Assert.That((report.IsWhole, report.Problem), Is.EqualTo((false, (string?)null)), () => $"cut at {length}");
            Assert.That(report.Cases, Is.EqualTo(all.Take(report.Cases.Count)), () => $"cut at {length}");
        }
    }

    [Test]
    public void The_reports_of_several_probes_are_read_one_by_one()
    {
        var first = Whole.ToString().Replace(" cases=5", " cases=5 probe=a-probe", StringComparison.Ordinal);
        var second = ReportText.Of(Nonce, ("object.a", ReportText.Accepted));
        var header = second.Header.Replace(" cases=1", " cases=1 probe=c-probe", StringComparison.Ordinal);
        var cut = header + second.Body;
        var reports = ProbeReport.ReadEach($"{first}{second}{cut}", Nonce);
        Assert.That(reports.Select(r => (r.Probe, r.Cases.Count, r.IsWhole)), Is.EqualTo(new[]
        {
            ("a-probe", 5, true), ((string?)null, 1, true), ("c-probe", 1, false),
        }));
    }

    [Test]
    public void A_channel_on_which_nothing_came_holds_one_report_without_a_header() =>
        Assert.That(ProbeReport.ReadEach("", Nonce).Select(r => r.HasHeader), Is.EqualTo(new[] { false }));
}
