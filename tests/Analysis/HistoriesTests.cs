using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

public sealed class HistoriesTests
{
    private static readonly RunDocument _document = Samples.Document(
        Samples.Kernel("5.10.262", Samples.Case("raw.a"), Samples.Case("raw.b"),
            Samples.Case("raw.control", CaseStatus.Pass, Outcome.Reject), Samples.Case("raw.timer", CaseStatus.Skip)),
        Samples.Kernel("6.1.170", Samples.Case("raw.a", CaseStatus.Fail), Samples.Case("raw.b", CaseStatus.Fail),
            Samples.Case("raw.control", CaseStatus.Fail, Outcome.Reject), Samples.Case("raw.timer", CaseStatus.Error)),
        Samples.Kernel("6.1.192", Samples.Case("raw.a", CaseStatus.Fail), Samples.Case("raw.b", CaseStatus.Fail),
            Samples.Case("raw.control", CaseStatus.Fail, Outcome.Reject), Samples.Case("raw.timer", CaseStatus.Flaky)),
        Samples.Kernel("7.3", Samples.Case("raw.a"), Samples.Case("raw.b"),
            Samples.Case("raw.control", CaseStatus.Fail, Outcome.Reject), Samples.Case("raw.same")));

    [Test]
    public void Cases_that_went_the_same_way_are_told_once_those_that_change_and_are_many_first() =>
        Assert.That(Histories.Of(_document).Select(h => (string.Join(' ', h.Cases), h.Changes)), Is.EqualTo(new[]
        {
            ("raw.a raw.b", true),
            ("raw.control", true),
            ("raw.timer", true),
            ("raw.same", false),
        }));

    [Test]
    public void In_words_they_say_what_the_kernel_did() =>
        Assert.That(Histories.Of(_document).Select(h => h.InWords), Is.EqualTo(new[]
        {
            "accepted 5.10.262 · rejected 6.1.170 – 6.1.192 · accepted 7.3",
            "rejected 5.10.262 · accepted 6.1.170 – 7.3",
            "not applicable 5.10.262 · no verdict 6.1.170 · flaky 6.1.192",
            "accepted 7.3",
        }));

    [Test]
    public void A_change_lies_between_two_versions_that_were_run() =>
        Assert.That(Histories.Of(_document)[0].Transitions, Is.EqualTo(new[]
        {
            "accepted → rejected between 5.10.262 and 6.1.170",
            "rejected → accepted between 6.1.192 and 7.3",
        }));

    [TestCase("6.1.192", "6.1")]
    [TestCase("7.3-rc4", "7.3")]
    [TestCase(null, "debian-x-1-cloud-amd64")]
    public void A_series_is_that_of_the_version_else_the_id(string? version, string series) =>
        Assert.That(Histories.SeriesOf(Samples.Kernel("x") with { Version = version }), Is.EqualTo(series));
}
