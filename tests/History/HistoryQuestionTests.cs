using Harness.History;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.History;

/// <summary>What the history tells of many runs.</summary>
public sealed class HistoryQuestionTests
{
    private HistoryLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new HistoryLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public void Trends_count_what_each_run_found_and_what_changed()
    {
        _lab.Append(
            HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail), HistoryLab.Kernel("6.12.43")),
            HistoryLab.Night(2, HistoryLab.Kernel("6.1.5", CaseStatus.Fail),
                Samples.Untested("6.12.43", KernelStatus.BootFailed, "panic"),
                HistoryLab.Kernel("7.0.4", CaseStatus.Skip)),
            HistoryLab.Night(3, HistoryLab.Kernel("6.1.5"), HistoryLab.Kernel("6.12.43", CaseStatus.Error)));
        Assert.That(_lab.Ask(Trends.Of)
            .Select(t => (t.Tested, t.NotTested, t.Pass, t.Fail, t.Skip, t.Error, t.Changes, t.NewKernels)),
            Is.EqualTo(new[]
        {
            (2, 0, 3, 1, 0, 0, 0, 2),
            (2, 1, 2, 1, 1, 0, 0, 1),
            (2, 0, 3, 0, 0, 1, 2, 0), // The second one against the first night, as nothing was measured between.
        }));
    }

    [Test]
    public void What_a_kernel_complained_of_counts_as_unexpected_unless_it_was_foreseen()
    {
        var complaint = new Complaint(ComplaintKind.Warning, "WARNING: x", 1, null);
        var kernel = HistoryLab.Kernel("6.1.5");
        _lab.Append(
            HistoryLab.Night(1, kernel with { Complaints = [complaint with { AsExpected = true }] }),
            HistoryLab.Night(2, kernel with { Complaints = [complaint], AsExpected = false }));
        Assert.That(_lab.Ask(Trends.Of).Select(t => t.Unexpected), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void A_change_is_counted_over_a_run_of_few_cases()
    {
        _lab.Append(
            HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)),
            HistoryLab.Night(2, Samples.Kernel("6.1.5", Samples.Case(HistoryLab.BytesNone))),
            HistoryLab.Night(3, HistoryLab.Kernel("6.1.5")),
            HistoryLab.Night(4, HistoryLab.Kernel("6.1.5")));
        Assert.That(_lab.Ask(Trends.Of).Select(t => t.Changes), Is.EqualTo(new[] { 0, 0, 1, 0 }));
    }

    [Test]
    public void A_run_that_is_added_late_stands_where_it_belongs()
    {
        _lab.Append(HistoryLab.Night(3, HistoryLab.Kernel("6.1.5")),
            HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)));
        Assert.That(_lab.Ask(Trends.Of).Select(t => (t.Run, t.Changes)),
            Is.EqualTo(new[] { ("20260101-020000", 0), ("20260103-020000", 1) }));
    }

    [Test]
    public void Each_verdict_of_a_case_has_a_first_and_a_last_time()
    {
        _lab.Append(
            HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail), HistoryLab.Kernel("6.12.43")),
            HistoryLab.Night(2, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)),
            HistoryLab.Night(3, HistoryLab.Kernel("6.1.5"), HistoryLab.Kernel("7.0.4")));
        Assert.That(_lab.Ask(h => Sightings.Of(h, [new Glob("*.struct.none")]))
            .Select(s => (s.Case, s.Verdict, s.Kernels, s.FirstRun, s.FirstKernel, s.LastRun, s.LastKernel)),
            Is.EqualTo(new[]
        {
            (HistoryLab.StructNone, "fail: rejected at update with EINVAL", 1, "20260101-020000",
                "debian-6.1.5-1-cloud-amd64", "20260102-020000", "debian-6.1.5-1-cloud-amd64"),
            (HistoryLab.StructNone, "pass: accepted", 3, "20260101-020000", "debian-6.12.43-1-cloud-amd64",
                "20260103-020000", "debian-7.0.4-1-cloud-amd64"),
        }));
    }

    [Test]
    public void A_case_is_flaky_when_the_same_image_and_prober_disagree()
    {
        _lab.Append(
            HistoryLab.Night(1, HistoryLab.Kernel("6.1.5"), HistoryLab.Kernel("6.12.43")),
            HistoryLab.Night(2, HistoryLab.Kernel("6.1.5", CaseStatus.Fail), HistoryLab.Kernel("6.12.43")),
            HistoryLab.Night(3, HistoryLab.Kernel("6.1.5"), HistoryLab.Kernel("6.12.43")));
        var flaky = _lab.Ask(FlakyCases.Of).Single();
        Assert.That((flaky.Case, flaky.Kernel), Is.EqualTo((HistoryLab.StructNone, "debian-6.1.5-1-cloud-amd64")));
        Assert.That(flaky.Verdicts,
            Is.EqualTo(new[] { new SeenVerdict("pass: accepted", 2, "20260103-020000"),
                new SeenVerdict("fail: rejected at update with EINVAL", 1, "20260102-020000") }));
    }

    [Test]
    public void Another_image_or_another_prober_may_answer_otherwise()
    {
        var night = HistoryLab.Night(3, HistoryLab.Kernel("6.1.5"));
        _lab.Append(
            HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)),
            HistoryLab.Night(2, HistoryLab.Kernel("6.1.5") with { Sha256 = "another" }),
            night with { Run = night.Run with { Prober = new ProberInfo("another") } });
        Assert.That(_lab.Ask(FlakyCases.Of), Is.Empty);
    }

    [Test]
    public void What_a_run_took_over_is_counted_where_it_was_measured()
    {
        _lab.Append(
            HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")),
            HistoryLab.Night(2, Known("6.1.5", day: 1)), HistoryLab.Night(3, Known("6.1.5", day: 1)),
            HistoryLab.Night(4, HistoryLab.Kernel("6.1.5", CaseStatus.Fail)));
        Assert.That(_lab.Ask(FlakyCases.Of).Single().Verdicts.Select(v => (v.Runs, v.LastRun)),
            Is.EquivalentTo([(1, "20260101-020000"), (1, "20260104-020000")]));
        Assert.That(_lab.Ask(Trends.Of).Select(t => (t.Tested, t.Known)),
            Is.EqualTo([(1, 0), (1, 1), (1, 1), (1, 0)]));
    }

    [Test]
    public void A_kernel_that_is_only_taken_over_was_not_tested_lately()
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5")), HistoryLab.Night(9, Known("6.1.5", day: 1)));
        var since = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        Assert.That(_lab.Ask(h => StaleKernels.Of(h, since)).Select(k => (k.LastTestedRun, k.LastTested, k.LastRun)),
            Is.EqualTo([("20260101-020000", HistoryLab.Night(1).Run.StartedAt, "20260109-020000")]));
    }

    private static KernelResult Known(string version, int day) => HistoryLab.Kernel(version) with
    {
        Known = new KnownFrom($"202601{day:00}-020000", HistoryLab.Night(day).Run.StartedAt),
    };

    [Test]
    public void What_repeats_disagreed_about_is_flaky_in_a_single_run()
    {
        _lab.Append(HistoryLab.Night(1, HistoryLab.Kernel("6.1.5", CaseStatus.Flaky)));
        Assert.That(_lab.Ask(FlakyCases.Of).Single().Case, Is.EqualTo(HistoryLab.StructNone));
    }

    [Test]
    public void A_suite_that_could_not_be_read_is_named_until_it_is_back()
    {
        var since = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        var kernel = HistoryLab.Kernel("6.1.5");
        var suite = Samples.Suite("trixie");
        _lab.Append(HistoryLab.Night(8, kernel), HistoryLab.Night(9, kernel, suite));
        Assert.That(_lab.Ask(h => StaleKernels.Of(h, since)).Select(k => (k.Kernel, k.LastStatus)),
            Is.EqualTo(new[] { (suite.Id, KernelStatus.InfraError) }));
        _lab.Append(HistoryLab.Night(10, kernel));
        Assert.That(_lab.Ask(h => StaleKernels.Of(h, since)), Is.Empty);
    }

    [Test]
    public void Kernels_that_were_not_tested_since_a_date_are_named()
    {
        _lab.Append(
            HistoryLab.Night(1, HistoryLab.Kernel("6.1.5"), HistoryLab.Kernel("6.12.43"),
                Samples.Untested("7.0.4", KernelStatus.Unavailable, "404")),
            HistoryLab.Night(9, HistoryLab.Kernel("6.1.5"),
                Samples.Untested("6.12.43", KernelStatus.BootFailed, "panic")));
        var since = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        Assert.That(_lab.Ask(h => StaleKernels.Of(h, since))
            .Select(k => (k.Kernel, k.LastTestedRun, k.LastRun, k.LastStatus)), Is.EqualTo(new[]
        {
            ("debian-7.0.4-1-cloud-amd64", null, "20260101-020000", KernelStatus.Unavailable),
            ("debian-6.12.43-1-cloud-amd64", "20260101-020000", "20260109-020000", KernelStatus.BootFailed),
        }));
    }
}
