using Harness.Ktap;
using Harness.Probes;
using Harness.Probes.Exec;
using Harness.Results;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Tests.Runs;

/// <summary>What a kernel does that was restored is checked by a boot, where the machine may be to blame.</summary>
public sealed class WarmDoubtTests
{
    private static readonly VmEnd _warm = new(VmEnding.Finished, "", "", "", 0, TimeSpan.Zero) { Warm = true };

    private static readonly VmEnd _waited = _warm with { Warm = false, Waited = true };

    private static readonly ProbedBoot _tested = Boot(KernelStatus.Tested);

    [Test]
    public void What_is_as_it_should_be_is_not_checked()
    {
        Assert.That(Doubt(_warm, _tested), Is.Null);
        Assert.That(Doubt(_warm, With(_tested, step: "exit")), Is.Null, "a program's own verdict");
        Assert.That(Doubt(_warm, Boot(KernelStatus.InfraError)), Is.Null, "that is repeated in any case");
    }

    [TestCase(KernelStatus.Crashed, "it was crashed (why)")]
    [TestCase(KernelStatus.BootTimeout, "it was boot timeout (why)")]
    [TestCase(KernelStatus.ProbeTimeout, "it was probe timeout (why)")]
    [TestCase(KernelStatus.ProbeError, "it was probe error (why)")]
    public void What_is_not_tested_is_checked(KernelStatus status, string symptom)
    {
        Assert.That(Doubt(_warm, _tested, Boot(status))?.What, Is.EqualTo($"restored from a snapshot, {symptom}"));
        Assert.That(Doubt(_waited, Boot(status))?.What, Is.EqualTo($"booted to be saved, {symptom}"));
        Assert.That(Doubt(_warm with { Warm = false }, Boot(status)), Is.Null, "it was booted");
        Assert.That(Doubt(null, Boot(status)), Is.Null, "no VM ran");
    }

    [Test]
    public void So_is_a_complaint_of_the_kernel_and_a_program_that_a_signal_or_its_time_ended()
    {
        Assert.That(Doubt(_warm, Complaining(ComplaintKind.Lockup))?.What, Does.EndWith("it complained (text)"));
        Assert.That(Doubt(_warm, With(_tested, step: "timeout"))?.What, Does.EndWith("answered exec.a with timeout"));
        Assert.That(Doubt(_warm, With(_tested, step: "signal"))?.What, Does.EndWith("answered exec.a with signal"));
        Assert.That(Doubt(_warm, With(_tested, Probe.CrashStep))?.What,
            Does.EndWith("answered exec.a with crash"), "a kernel that died of a case in a boot of its own is tested");
    }

    [Test]
    public void A_death_that_a_booted_kernel_is_known_to_have_died_is_not_checked()
    {
        var died = With(_tested, Probe.CrashStep) with { AloneEnd = "Oops at f" };
        Assert.That(Doubt(_warm with { KnownEnds = ["it lived", "Oops at f"] }, died), Is.Null);
        Assert.That(Doubt(_warm with { KnownEnds = ["it lived", "Oops at g"] }, died), Is.Not.Null, "another death");
        Assert.That(Doubt(_warm with { KnownEnds = ["Oops at f"] }, died with { AloneEnd = null }), Is.Not.Null,
            "it hung");
        var lived = Complaining(ComplaintKind.Warning) with { AloneEnd = AloneEnd.Lived };
        Assert.That(Doubt(_warm with { KnownEnds = [AloneEnd.Lived] }, lived), Is.Not.Null, "it complained");
    }

    [Test]
    public void A_boot_that_says_the_same_leaves_the_snapshot()
    {
        foreach (var boot in new[] { Boot(KernelStatus.Crashed), Complaining(ComplaintKind.Warning),
            With(_tested, step: "signal") })
        {
            var doubt = Doubt(_warm, boot)!;
            Assert.That(doubt.Difference([boot]), Is.Null);
            Assert.That(doubt.Settled([boot], 2), Is.EqualTo(new RetriedAttempt(
                RetryStage.Restore, 2, $"{doubt.What}; when it was booted, it did the same", 0)));
        }
    }

    [Test]
    public void One_that_says_something_else_does_not()
    {
        var cases = new (ProbedBoot Restored, ProbedBoot Booted, string Difference)[]
        {
            (Boot(KernelStatus.Crashed), _tested, "it was tested"),
            (Boot(KernelStatus.Crashed), Boot(KernelStatus.ProbeTimeout), "it was probe timeout"),
            (Complaining(ComplaintKind.Lockup), _tested, "it complained of nothing"),
            (Complaining(ComplaintKind.Lockup), Complaining(ComplaintKind.Warning), "it complained of something else"),
            (With(_tested, step: "timeout"), With(_tested, step: null), "exec.a had another answer"),
            (Boot(KernelStatus.Crashed), Boot(KernelStatus.Crashed) with { Prober = "other" },
                "other programs had their turn"),
        };
        foreach (var (restored, booted, difference) in cases)
        {
            var doubt = Doubt(_warm, restored)!;
            Assert.That(doubt.Difference([booted]), Is.EqualTo(difference));
            Assert.That(doubt.Settled([booted], 1).Reason,
                Is.EqualTo($"{doubt.What}; when it was booted, {difference}: its snapshot is removed"));
        }
    }

    [Test]
    public void One_that_fails_on_this_side_says_nothing_of_the_snapshot()
    {
        var doubt = Doubt(_warm, Boot(KernelStatus.Crashed))!;
        Assert.That(doubt.Difference([Boot(KernelStatus.InfraError)]), Is.Null);
        Assert.That(doubt.Settled([Boot(KernelStatus.InfraError)], 1).Reason, Does.EndWith("could not be tested"));
    }

    private static WarmDoubt? Doubt(VmEnd? end, params IReadOnlyList<ProbedBoot> boots) =>
        WarmDoubt.Of(end, boots, [ExecProbe.Instance]);

    private static ProbedBoot Boot(KernelStatus status) => new(
        "", new Classification(status, status == KernelStatus.Tested ? null : "why"), ProbeReport.Read("", ""), 1, null,
        null);

    private static ProbedBoot Complaining(ComplaintKind kind) =>
        _tested with { Complaints = [new Complaint(kind, "text", 1, null)] };

    private static ProbedBoot With(ProbedBoot boot, string? step)
    {
        var probed = new ProbedCase(
            1, "exec.a", step is null, false, "accept", step is null ? "accept" : "reject", step, null, null);
        return boot with { Report = boot.Report with { Cases = [probed] } };
    }
}
