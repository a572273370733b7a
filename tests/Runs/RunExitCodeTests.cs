using Harness.Analysis;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>The exit codes of <c>run</c>, as design and README promise them.</summary>
public sealed class RunExitCodeTests
{
    private static readonly KernelResult _fine = Samples.Kernel("6.12.43", Samples.Case("raw.a"));
    private static readonly KernelResult _notServed =
        Samples.Untested("5.10.218", KernelStatus.Unavailable, "404", asExpected: true);

    [Test]
    public void Zero_when_every_result_is_as_expected()
    {
        var foreseen = Samples.Kernel("6.1.5",
            Samples.Case("raw.a", CaseStatus.Fail) with { Expected = CaseStatus.Fail, AsExpected = true });
        Assert.That(Of(_fine, foreseen), Is.Zero);
    }

    [Test]
    public void Zero_when_a_kernel_chosen_by_rule_is_not_served() => Assert.That(Of(_fine, _notServed), Is.Zero);

    [Test]
    public void Zero_when_a_kernel_fails_to_boot_as_foreseen() =>
        Assert.That(Of(_fine, Samples.Untested("6.1.5", KernelStatus.BootFailed, "panic", asExpected: true)), Is.Zero);

    [Test]
    public void One_when_a_kernel_complained_of_something_that_is_not_foreseen() =>
        Assert.That(Of(_fine with { Complaints = [new(ComplaintKind.Bug, "BUG: x", 1, null)], AsExpected = false }),
            Is.EqualTo(1));

    [TestCase(CaseStatus.Fail)]
    [TestCase(CaseStatus.Skip)]
    [TestCase(CaseStatus.Error)]
    [TestCase(CaseStatus.Flaky)]
    public void One_when_a_case_is_not_as_expected(CaseStatus status) =>
        Assert.That(Of(_fine, Samples.Kernel("6.1.5", Samples.Case("raw.a", status))), Is.EqualTo(1));

    [Test]
    public void One_when_a_case_passes_that_is_expected_to_fail() =>
        Assert.That(
            Of(Samples.Kernel("6.1.5", Samples.Case("raw.a") with { Expected = CaseStatus.Fail, AsExpected = false })),
            Is.EqualTo(1));

    [TestCase(KernelStatus.BootFailed)]
    [TestCase(KernelStatus.BootTimeout)]
    [TestCase(KernelStatus.Crashed)]
    [TestCase(KernelStatus.ProbeTimeout)]
    [TestCase(KernelStatus.ProbeError)]
    public void One_when_a_kernel_fails_hangs_or_crashes(KernelStatus status) =>
        Assert.That(Of(_fine, Samples.Untested("6.1.5", status, "it did")), Is.EqualTo(1));

    [TestCase(KernelStatus.InfraError)]
    [TestCase(KernelStatus.NotRun)]
    [TestCase(KernelStatus.Unavailable)]
    public void Three_when_a_kernel_could_not_be_tested_for_a_reason_on_our_side(KernelStatus status) =>
        Assert.That(Of(_fine, Samples.Untested("6.1.5", status, "not now") with { ByName = true }), Is.EqualTo(3));

    [TestCase(KernelStatus.InfraError)]
    [TestCase(KernelStatus.NotRun)]
    [TestCase(KernelStatus.Unavailable)]
    public void One_wins_over_three(KernelStatus status)
    {
        var failed = Samples.Kernel("6.1.5", Samples.Case("raw.a", CaseStatus.Fail));
        Assert.That(Of(Samples.Untested("6.16.3", status, "not now"), failed), Is.EqualTo(1));
    }

    [Test]
    public void Three_when_nothing_at_all_was_served() => Assert.That(Of(_notServed), Is.EqualTo(3));

    [Test]
    public void What_a_run_says_never_contradicts_its_exit_code()
    {
        const string Good = "Every result is as expected.";
        var story = new RunStory(Samples.Document(_notServed), Samples.Probes);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(story.Summary.Ending, Does.StartWith("No kernel could be tested"));
            Assert.That(story.Head.IsGood, Is.False);
            Assert.That(WrittenReport.Markdown(story.Document), Does.Not.Contain(Good));
            Assert.That(WrittenReport.Html(story.Document), Does.Not.Contain(Good));
            Assert.That(new RunStory(Samples.Document(_fine, _notServed), Samples.Probes).Summary.Ending,
                Is.EqualTo(Good));
        }
    }

    private static int Of(params KernelResult[] kernels) => RunExitCode.Of(Samples.Document(kernels));
}
