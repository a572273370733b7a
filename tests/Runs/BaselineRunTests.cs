using Harness.Analysis;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary><c>--baseline</c>: the results say what changed since, and the exit code says that something did.</summary>
public sealed class BaselineRunTests
{
    private RunLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new RunLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task A_second_run_changes_nothing()
    {
        var document = await AgainstAsync(first => first);
        Assert.That((document.Baseline!.Changed, document.Baseline.ComparedVerdicts, RunExitCode.Of(document)),
            Is.EqualTo((false, 2, ExitCodes.AsExpected)));
    }

    [Test]
    public async Task A_verdict_that_is_another_in_the_baseline_is_a_change()
    {
        var document = await AgainstAsync(first => first with
        {
            Kernels = [first.Kernels[0] with { Cases =
                [Samples.Case("raw.a", CaseStatus.Fail), first.Kernels[0].Cases[1]] }],
        });
        Assert.That(document.Baseline!.Cases.Select(c => (c.Change, c.Case)),
            Is.EqualTo(new[] { (CaseChangeKind.Fixed, "raw.a") }));
        Assert.That(RunExitCode.Of(document), Is.EqualTo(ExitCodes.Unexpected), "although every result is as expected");
        Assert.That(ResultsFile.Read(_lab.Run).Baseline!.Cases.Single().Kernels, Is.EqualTo(new[] { "debian-6.1.5" }),
            "results.json says so, too");
    }

    [Test]
    public async Task Without_a_baseline_nothing_is_said_of_changes()
    {
        var document = await _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", "whole")));
        Assert.That(document.Baseline, Is.Null);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_lab.Run, ResultsFile.Name)),
            Does.Not.Contain("\"baseline\""));
    }

    [TestCase(KernelStatus.InfraError, false, ExitCodes.NotTestable)]
    [TestCase(KernelStatus.NotRun, false, ExitCodes.NotTestable)]
    [TestCase(KernelStatus.Unavailable, false, ExitCodes.NotTestable)]
    [TestCase(KernelStatus.Unavailable, true, ExitCodes.Unexpected)]
    [TestCase(KernelStatus.BootFailed, true, ExitCodes.Unexpected)]
    public void A_kernel_that_could_not_be_tested_for_a_reason_on_our_side_keeps_its_code(KernelStatus status,
        bool asExpected, int code)
    {
        var older = Samples.Document(Samples.Kernel("6.1.5", Samples.Case("raw.a")), Samples.Kernel("6.12.43"));
        var newer = Samples.Document(Samples.Untested("6.1.5", status, "it did", asExpected),
            Samples.Kernel("6.12.43"));
        Assert.That(RunExitCode.Of(newer with { Baseline = RunDiff.Of(older, newer, Samples.PlaceOf, Samples.Probes) }),
            Is.EqualTo(code));
    }

    [Test]
    public void A_kernel_that_came_or_went_is_a_change()
    {
        var (one, two) = (Samples.Document(Samples.Kernel("6.12.43")),
            Samples.Document(Samples.Kernel("6.12.43"), Samples.Kernel("7.0.4")));
        Assert.That(RunExitCode.Of(two with { Baseline = RunDiff.Of(one, two, Samples.PlaceOf, Samples.Probes) }),
            Is.EqualTo(ExitCodes.Unexpected));
        Assert.That(RunExitCode.Of(one with { Baseline = RunDiff.Of(two, one, Samples.PlaceOf, Samples.Probes) }),
            Is.EqualTo(ExitCodes.Unexpected));
    }

    [Test]
    public void A_suite_that_could_not_be_read_is_no_change_and_keeps_its_code()
    {
        var older = Samples.Document(Samples.Kernel("6.12.43"), Samples.Kernel("7.0.4"));
        var newer = Samples.Document(Samples.Kernel("6.12.43"), Samples.Suite("sid"));
        Assert.That(RunExitCode.Of(newer with { Baseline = RunDiff.Of(older, newer, Samples.PlaceOf, Samples.Probes) }),
            Is.EqualTo(ExitCodes.NotTestable));
        Assert.That(RunExitCode.Of(older with { Baseline = RunDiff.Of(newer, older, Samples.PlaceOf, Samples.Probes) }),
            Is.EqualTo(ExitCodes.AsExpected));
    }

    /// <summary>A run against an earlier one of the same kernel, which was then changed.</summary>
    private async Task<RunDocument> AgainstAsync(Func<RunDocument, RunDocument> change)
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "whole"));
        var first = await _lab.RunAsync(plan with { Directory = _lab["first"] });
        return await _lab.RunAsync(
            plan with
            {
                Baseline =
                new Baseline(change(first), _ => true, _ => true, Samples.PlaceOf, Samples.Probes)
            });
    }
}
