using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

public sealed class RangesTests
{
    private const string Id = "raw.array_of_maps.array.struct.none";

    [Test]
    public void Adjacent_kernels_that_agree_are_one_segment() => Assert.That(
        Segments(("7.0.4", CaseStatus.Pass), ("5.10.218", CaseStatus.Pass), ("6.1.192", CaseStatus.Fail),
            ("5.10.262", CaseStatus.Pass), ("6.1.170", CaseStatus.Fail)),
        Is.EqualTo(new[]
        {
            new Segment(CaseStatus.Pass, "5.10.218", "5.10.262", 2),
            new Segment(CaseStatus.Fail, "6.1.170", "6.1.192", 2),
            new Segment(CaseStatus.Pass, "7.0.4", "7.0.4", 1),
        }));

    [Test]
    public void Commits_of_one_version_are_in_the_order_of_their_dates()
    {
        KernelResult Commit(string id, int day) =>
            Samples.Kernel("6.1") with
            {
                Id = id,
                CommittedAt = new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero)
            };
        Assert.That(
            new[] { Commit("git-v6.1-1", 3), Commit("git-v6.1-2", 2),
                Commit("git-v6.1-3", 1) }.Order(KernelOrder.Instance).Select(k => k.Id),
            Is.EqualTo(new[] { "git-v6.1-3", "git-v6.1-2", "git-v6.1-1" }));
    }

    [Test]
    public void A_release_candidate_comes_before_its_release() => Assert.That(
        Segments(("7.3", CaseStatus.Pass), ("7.3-rc4", CaseStatus.Fail), ("7.2.13", CaseStatus.Pass),
            ("7.3-rc10", CaseStatus.Fail)),
        Is.EqualTo(new[]
        {
            new Segment(CaseStatus.Pass, "7.2.13", "7.2.13", 1),
            new Segment(CaseStatus.Fail, "7.3-rc4", "7.3-rc10", 2),
            new Segment(CaseStatus.Pass, "7.3", "7.3", 1),
        }));

    [Test]
    public void Skips_and_errors_are_segments_of_their_own() => Assert.That(
        Segments(("5.10", CaseStatus.Skip), ("6.1", CaseStatus.Error), ("6.12", CaseStatus.Flaky),
            ("6.16", CaseStatus.Pass)).Select(s => s.Status),
        Is.EqualTo(new[] { CaseStatus.Skip, CaseStatus.Error, CaseStatus.Flaky, CaseStatus.Pass }));

    [Test]
    public void A_kernel_that_crashed_measured_the_cases_that_it_reported()
    {
        var ranges = Ranges.Compute(
        [
            Samples.Kernel("6.1", Samples.Case("raw.a"), Samples.Case("raw.b")),
            Samples.Kernel("6.2", Samples.Case("raw.a")) with { Status = KernelStatus.Crashed },
            Samples.Kernel("6.3", Samples.Case("raw.a"), Samples.Case("raw.b")),
        ]);
        Assert.That(ranges.Select(r => (r.Case, r.Segments.Single())), Is.EqualTo(new[]
        {
            ("raw.a", new Segment(CaseStatus.Pass, "6.1", "6.3", 3)),
            ("raw.b", new Segment(CaseStatus.Pass, "6.1", "6.3", 2)),
        }));
    }

    [Test]
    public void A_version_that_was_not_measured_is_never_named()
    {
        var ranges = Ranges.Compute(
        [
            Samples.Kernel("6.1", Samples.Case(Id)),
            Samples.Untested("6.2", KernelStatus.BootFailed, "panic"),
            Samples.Kernel("6.3", Samples.Case(Id, CaseStatus.Fail)),
            Samples.Untested("6.4", KernelStatus.Unavailable, "404"),
        ]);
        Assert.That(ranges.Single().Segments.SelectMany(s => new[] { s.From, s.To }).Distinct(),
            Is.EqualTo(new[] { "6.1", "6.3" }));
    }

    [TestCase(KernelStatus.BootFailed)]
    [TestCase(KernelStatus.BootTimeout)]
    [TestCase(KernelStatus.InfraError)]
    public void A_range_breaks_at_a_kernel_that_did_not_boot(KernelStatus status)
    {
        var ranges = Ranges.Compute(
        [
            Samples.Kernel("6.12.43", Samples.Case(Id)), Samples.Kernel("6.12.50", Samples.Case(Id)),
            Samples.Untested("6.16", status, "no"), Samples.Untested("6.17", status, "no"),
            Samples.Kernel("6.18.5", Samples.Case(Id)),
        ]);
        Assert.That(ranges.Single().Segments, Is.EqualTo(new[]
        {
            new Segment(CaseStatus.Pass, "6.12.43", "6.12.50", 2), new Segment(CaseStatus.Pass, "6.18.5", "6.18.5", 1),
        }));
        var history = new SharedHistory(new Lineage("x86_64", null), Outcome.Accept, ranges.Single().Segments, [Id]);
        Assert.That((history.InWords, history.Changes, history.Transitions.Count),
            Is.EqualTo(("accepted 6.12.43 – 6.12.50 · accepted 6.18.5", false, 0)));
    }

    [Test]
    public void A_kernel_that_the_archive_does_not_serve_breaks_no_range() => Assert.That(
        Ranges.Compute(
        [
            Samples.Kernel("6.1", Samples.Case(Id)),
            Samples.Untested("6.2", KernelStatus.Unavailable, "404", asExpected: true),
            Samples.Kernel("6.3", Samples.Case(Id)),
        ]).Single().Segments, Has.Count.EqualTo(1));

    [Test]
    public void Architectures_are_told_apart()
    {
        var ranges =
            Ranges.Compute(
                [Samples.Kernel("6.1", Samples.Case(Id)) with { Arch = "x86_64" },
                    Samples.Kernel("6.1", Samples.Case(Id, CaseStatus.Fail)) with { Arch = "aarch64", Id = "arm" }]);
        Assert.That(ranges.Select(r => (r.Arch, r.Segments.Single().Status)),
            Is.EqualTo(new[] { ("aarch64", CaseStatus.Fail), ("x86_64", CaseStatus.Pass) }));
    }

    [Test]
    public void A_kernel_of_unknown_version_comes_last_under_its_id() => Assert.That(
        Ranges.Compute(
            [Samples.Kernel("0", Samples.Case(Id, CaseStatus.Fail)) with { Version = null, Id = "mine" },
                Samples.Kernel("6.1", Samples.Case(Id))]).Single().Segments,
        Is.EqualTo(
            new[] { new Segment(CaseStatus.Pass, "6.1", "6.1", 1), new Segment(CaseStatus.Fail, "mine", "mine", 1) }));

    [Test]
    public void No_kernels_no_ranges() =>
        Assert.That(Ranges.Compute([Samples.Untested("6.1", KernelStatus.NotRun, "interrupted")]), Is.Empty);

    private static IReadOnlyList<Segment> Segments(params (string Version, CaseStatus Status)[] measured) =>
        Ranges.Compute([.. measured.Select(m => Samples.Kernel(m.Version, Samples.Case(Id, m.Status)))])
            .Single().Segments;
}
