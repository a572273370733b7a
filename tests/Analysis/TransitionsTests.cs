using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

public sealed class TransitionsTests
{
    private static readonly CaseResult _refused =
        Samples.Case("raw.a", CaseStatus.Fail) with { Cause = "timer_off", Source = "a commit" };
    private static readonly CaseResult _skipped =
        Samples.Case("raw.a", CaseStatus.Skip) with { Cause = "no such type", Source = "a release" };

    [Test]
    public void Each_change_names_both_kernels_and_the_cause_of_the_end_that_is_not_as_wanted()
    {
        var transitions =
            Transitions.Of(
                [Samples.Kernel("6.12.43", Samples.Case("raw.a")), Samples.Kernel("6.1.192", _refused),
                    Samples.Kernel("5.10.262", Samples.Case("raw.a"))]);
        Assert.That(transitions, Is.EqualTo(new[]
        {
            new Transition("raw.a", Outcome.Accept, "x86_64", End("5.10.262", Samples.Case("raw.a")),
                End("6.1.192", _refused), "timer_off", "a commit"),
            new Transition("raw.a", Outcome.Accept, "x86_64", End("6.1.192", _refused),
                End("6.12.43", Samples.Case("raw.a")), "timer_off", "a commit"),
        }));
    }

    [Test]
    public void Where_both_ends_have_a_cause_each_is_named()
    {
        var transition = Transitions.Of([Samples.Kernel("5.10.262", _skipped), Samples.Kernel("6.1.192", _refused)])
            .Single();
        Assert.That((transition.Cause, transition.Source),
            Is.EqualTo(("5.10.262: no such type 6.1.192: timer_off", "5.10.262: a release 6.1.192: a commit")));
    }

    [Test]
    public void A_kernel_that_was_not_asked_lies_not_between()
    {
        var transition =
            Transitions.Of(
                [Samples.Kernel("6.1", Samples.Case("raw.a")), Samples.Kernel("6.2", Samples.Case("raw.b")),
                    Samples.Kernel("6.3", _refused)]).Single();
        Assert.That((transition.From.Version, transition.To.Version), Is.EqualTo(("6.1", "6.3")));
    }

    [Test]
    public void Another_errno_for_the_same_verdict_is_no_transition_and_still_told()
    {
        KernelResult[] kernels =
            [Samples.Kernel("6.1", _refused), Samples.Kernel("6.2", _refused with { Errno = "E2BIG" }),
                Samples.Kernel("6.3", _refused with { Errno = "E2BIG" })];
        Assert.That(Transitions.Of(kernels), Is.Empty);
        Assert.That(Transitions.OfErrors(kernels).Select(t => (t.From.Errno, t.To.Errno)),
            Is.EqualTo(new[] { ("EINVAL", "E2BIG") }));
    }

    [Test]
    public void Architectures_are_never_compared() =>
        Assert.That(
            Transitions.Of(
                [Samples.Kernel("6.1", Samples.Case("raw.a")),
                    Samples.Kernel("6.2", _refused) with { Arch = "aarch64" }]), Is.Empty);

    private static TransitionEnd End(string version, CaseResult result) =>
        new($"debian-{version}-1-cloud-amd64", version, result.Status, result.Outcome, result.Step, result.Errno);
}
