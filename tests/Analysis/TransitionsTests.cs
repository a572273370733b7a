using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>Every change between neighbours, with the cause of the end that is not as wanted.</summary>
public sealed class TransitionsTests
{
    private const string Id = "raw.array_of_maps.array.struct.none";

    [Test]
    public void A_change_names_both_kernels_and_what_they_answered()
    {
        var transition = Transitions.Of([Kernel("5.10.262", CaseStatus.Pass), Kernel("6.1.170", CaseStatus.Fail, "why")]).Single();
        Assert.That(transition, Is.EqualTo(new Transition(Id, Outcome.Accept, "x86_64",
            new TransitionEnd("debian-5.10.262-1-cloud-amd64", "5.10.262", CaseStatus.Pass, Outcome.Accept, null, null),
            new TransitionEnd("debian-6.1.170-1-cloud-amd64", "6.1.170", CaseStatus.Fail, Outcome.Reject, "update", "EINVAL"), "why", "source of why")));
    }

    [TestCase(CaseStatus.Pass, CaseStatus.Fail, "after")]
    [TestCase(CaseStatus.Fail, CaseStatus.Pass, "before")]
    [TestCase(CaseStatus.Skip, CaseStatus.Pass, "before")]
    [TestCase(CaseStatus.Pass, CaseStatus.Error, "after")]
    [TestCase(CaseStatus.Skip, CaseStatus.Fail, "5.10.1: before 6.1.1: after")]
    public void The_cause_is_of_the_end_that_is_not_as_wanted(CaseStatus from, CaseStatus to, string cause)
    {
        var transition = Transitions.Of([Kernel("5.10.1", from, from == CaseStatus.Pass ? null : "before"), Kernel("6.1.1", to, to == CaseStatus.Pass ? null : "after")]).Single();
        Assert.That(transition.Cause, Is.EqualTo(cause));
    }

    [Test]
    public void Where_nobody_knows_the_cause_none_is_told() =>
        Assert.That(Transitions.Of([Kernel("5.10.1", CaseStatus.Pass), Kernel("6.1.1", CaseStatus.Fail)]).Single().Cause, Is.Null);

    [Test]
    public void Kernels_are_neighbours_by_version_whatever_order_they_come_in()
    {
        var transitions = Transitions.Of([Kernel("6.12.1", CaseStatus.Pass), Kernel("6.1.9", CaseStatus.Fail), Kernel("6.1.10", CaseStatus.Fail), Kernel("5.10.1", CaseStatus.Pass)]);
        Assert.That(transitions.Select(t => (t.From.Version, t.To.Version)), Is.EqualTo(new[] { ("5.10.1", "6.1.9"), ("6.1.10", "6.12.1") }));
    }

    [Test]
    public void A_kernel_that_was_not_asked_is_no_neighbour()
    {
        var crashed = Samples.Kernel("6.1.1", Samples.Case("raw.array_of_maps.array.bytes.none")) with { Status = KernelStatus.Crashed };
        var transitions = Transitions.Of([Kernel("5.10.1", CaseStatus.Pass), crashed, Samples.Untested("6.6.1", KernelStatus.BootFailed, "panic"), Kernel("6.12.1", CaseStatus.Fail)]);
        Assert.That(transitions.Select(t => (t.Case, t.From.Version, t.To.Version)), Is.EqualTo(new[] { (Id, "5.10.1", "6.12.1") }));
    }

    [Test]
    public void Architectures_are_apart()
    {
        var arm = Kernel("6.1.1", CaseStatus.Fail) with { Id = "arm", Arch = "aarch64" };
        Assert.That(Transitions.Of([Kernel("5.10.1", CaseStatus.Pass), arm, Kernel("6.12.1", CaseStatus.Pass)]), Is.Empty);
    }

    [Test]
    public void The_same_status_with_another_errno_is_no_transition_and_is_told_apart()
    {
        KernelResult[] kernels = [Kernel("6.1.1", CaseStatus.Fail), Samples.Kernel("6.12.1", Samples.Case(Id, CaseStatus.Fail) with { Errno = "E2BIG" })];
        Assert.That(Transitions.Of(kernels), Is.Empty);
        Assert.That(Transitions.OfErrors(kernels).Select(t => (t.From.Errno, t.To.Errno)), Is.EqualTo(new[] { ("EINVAL", "E2BIG") }));
    }

    [Test]
    public void In_a_real_run_each_border_between_two_ranges_is_a_transition_with_a_cause()
    {
        var kernels = Causes.Explain(CauseCapturedRun.Default);
        var transitions = Transitions.Of(kernels);
        Assert.That(transitions.Select(t => (t.Case, t.From.Version, t.To.Version, t.From.Status, t.To.Status)), Is.EquivalentTo(
            Ranges.Compute(kernels).SelectMany(r => r.Segments.Zip(r.Segments.Skip(1), (a, b) => (r.Case, (string?)a.To, (string?)b.From, a.Status, b.Status)))));
        Assert.That(transitions.Where(t => t.Cause is null || t.Source is null), Is.Empty);
        Assert.That(transitions.Select(t => $"{t.From.Version} → {t.To.Version}").Distinct(), Is.EqualTo(new[]
        {
            "5.10.262 → 6.1.170", "6.1.192 → 6.12.43", "6.18.15 → 6.19.6", "7.0.13 → 7.1.3", "7.1.13 → 7.2.6",
        }));
    }

    private static KernelResult Kernel(string version, CaseStatus status, string? cause = null) =>
        Samples.Kernel(version, Samples.Case(Id, status) with { Cause = cause, Source = cause is null ? null : $"source of {cause}" });
}
