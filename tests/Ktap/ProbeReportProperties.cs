using FsCheck;
using FsCheck.Fluent;
using Harness.Ktap;
using Harness.Tests.Support;

namespace Harness.Tests.Ktap;

public sealed class ProbeReportProperties
{
    private const string Nonce = "feed";

    private static readonly string[] _answers =
    [
        ReportText.Accepted,
        ReportText.Refused,
        "want=reject outcome=reject step=outer errno=524",
        "SKIP want=reject outcome=null step=template errno=E2BIG reason=lacks = # and so on",
    ];

    /// <summary>Whole reports of up to 8 cases.</summary>
    private static Gen<ReportText> Reports =>
        from answers in Gen.Choose(0, 8).SelectMany(count => Gen.Elements(_answers).ArrayOf(count))
        select ReportText.Of(Nonce, answers.Select((answer, i) => ($"raw.outer.inner.none.{i}", answer)));

    [Test]
    public void Every_report_that_a_prober_writes_is_whole() =>
        Prop.ForAll(Reports.ToArbitrary(), report =>
        {
            var read = ProbeReport.Read(report.ToString(), Nonce);
            return read.IsWhole && read.Cases.Count == report.Results.Count;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void No_report_that_was_cut_is_whole_and_what_it_keeps_was_measured() =>
        Prop.ForAll(Reports.ToArbitrary(), report =>
        {
            var text = report.ToString();
            var all = ProbeReport.Read(text, Nonce).Cases;
            return Enumerable.Range(0, text.Length).Select(length => ProbeReport.Read(text[..length], Nonce))
                .All(cut => !cut.IsWhole && cut.Cases.SequenceEqual(all.Take(cut.Cases.Count)));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_report_that_lost_a_line_in_the_middle_is_not_whole() =>
        Prop.ForAll(
            Reports.Where(r => r.Results.Count > 0).ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (report, index) =>
            {
                var lost = report.Results.Where((_, i) => i != index % report.Results.Count).ToArray();
                var text = report.Header + string.Concat(lost.Select(line => line + "\n")) + report.End;
                return !ProbeReport.Read(text, Nonce).IsWhole;
            }).QuickCheckThrowOnFailure();
}
