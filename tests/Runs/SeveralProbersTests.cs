using Harness.Probes;
using Harness.Probes.InnerMaps;
using Harness.Probes.Libbpf;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>
/// Each prober runs its cases in the same boot; one that had no turn, as the kernel or the VM ended before, gets
/// another.
/// </summary>
public sealed class SeveralProbersTests
{
    private const string Label = "libbpf-1-5";
    private const string Id = $"libbpf.a.{Label}";
    private const string FurtherReport = $"header 1; line 'ok 1 {Id} # want=accept outcome=accept'; end 1";

    private RunLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new RunLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task A_row_has_the_cases_of_all_and_they_share_a_boot()
    {
        var document = await _lab.RunAsync(Plan("whole", $"say again; {FurtherReport}"));
        var kernel = document.Kernels.Single();
        Assert.That((kernel.Status, kernel.Reason, kernel.Attempts),
            Is.EqualTo((KernelStatus.Tested, (string?)null, 1)));
        Assert.That(kernel.Cases.Select(c => c.Id), Is.EqualTo(new[] { Id, "raw.a", "raw.b" }));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
        Assert.That(Directory.EnumerateFiles(_lab["run", "console"]).Select(Path.GetFileName),
            Is.EqualTo(new[] { "debian-6.1.5.log" }));
        Assert.That(Directory.EnumerateFiles(_lab["cache", "guests"]).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_results_name_the_probers()
    {
        var run = (await _lab.RunAsync(Plan("whole", FurtherReport))).Run;
        Assert.That(run.Prober, Is.EqualTo(new ProberInfo(Samples.Sha256, 2)));
        Assert.That(RunFacts.Libbpfs(run),
            Is.EqualTo(new LibbpfInfo[] { new("machine", "1.1", null, Samples.Sha256, 2),
                new("1.5", "1.5", Label, "5a5a", 1) }));
    }

    [Test]
    public async Task A_crash_with_one_prober_loses_nothing_of_the_others()
    {
        var kernel = (await _lab.RunAsync(
            Plan("header; a; say 'BUG: kernel NULL pointer dereference'; exit", FurtherReport))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases.Count, kernel.Console),
            Is.EqualTo((KernelStatus.Crashed, 2, "console/debian-6.1.5.log")));
        Assert.That(kernel.Reason, Does.StartWith("with the machine's libbpf: BUG: kernel NULL pointer dereference"));
        Assert.That(Path.Combine(_lab.Run, "console", "debian-6.1.5.boot-2.log"), Does.Exist);
    }

    [Test]
    public async Task A_crash_with_a_later_prober_leaves_the_earlier_ones_alone()
    {
        var kernel = (await _lab.RunAsync(
            Plan("whole", "header 1; say 'BUG: kernel NULL pointer dereference'"))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases.Count), Is.EqualTo((KernelStatus.Crashed, 2)));
        Assert.That(kernel.Reason, Does.StartWith(
            $"with {Label}: BUG: kernel NULL pointer dereference (0 of 1 cases done)"));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [TestCase("header; a; say 'prober: inner-maps was ended by signal 11'",
        KernelStatus.ProbeError, "prober: inner-maps was ended by signal 11 (1 of 2 cases done, the last one raw.a)")]
    [TestCase("say 'prober: inner-maps was ended by signal 11'",
        KernelStatus.ProbeError, "prober: inner-maps was ended by signal 11")]
    [TestCase("header; a; say 'prober: inner-maps did not end within 15 s'",
        KernelStatus.ProbeTimeout,
        "prober: inner-maps did not end within 15 s (1 of 2 cases done, the last one raw.a)")]
    [TestCase("header; a", KernelStatus.ProbeError, "the report is not whole (1 of 2 cases done, the last one raw.a)")]
    [TestCase("header; line noise; a; b; end", KernelStatus.ProbeError, "not KTAP: 'noise'")]
    [TestCase(":", KernelStatus.ProbeError, "the prober ended without a report")]
    [TestCase("whole; whole", KernelStatus.ProbeError, "there are 2 reports of inner-maps")]
    public async Task A_prober_that_fails_costs_its_own_cases_only(string guest, KernelStatus status, string reason)
    {
        var kernel = (await _lab.RunAsync(
            Plan(guest, $"{FurtherReport}; say '[ 2.0] reboot: Restarting system'"))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Reason), Is.EqualTo((status, $"with the machine's libbpf: {reason}")));
        Assert.That(kernel.Cases.Select(c => c.Id), Does.Contain(Id));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_prober_that_floods_costs_its_own_cases_only()
    {
        var kernel = (await _lab.RunAsync(
            Plan("header; a; head -c 9000000 /dev/zero | tr '\\0' x >>$channel; hang",
                FurtherReport))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases.Count(c => c.Id == Id)), Is.EqualTo((KernelStatus.ProbeError, 1)));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_prober_that_no_boot_reaches_is_asked_in_no_third_one()
    {
        var kernel = (await _lab.RunAsync(Plan("header; a; say 'Kernel panic - not syncing: x'; exit",
            "say 'Kernel panic - not syncing: y'") with
        { Plain = true })).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases.Count), Is.EqualTo((KernelStatus.Crashed, 1)));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_kernel_that_does_not_boot_is_not_booted_for_every_prober()
    {
        var kernel =
            (await _lab.RunAsync(
                Plan("say 'Kernel panic - not syncing: no root'; exit",
                    FurtherReport) with
                { Plain = true })).Kernels.Single();
        Assert.That((kernel.Status, kernel.Reason),
            Is.EqualTo((KernelStatus.BootFailed, "Kernel panic - not syncing: no root")));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_prober_that_had_no_turn_before_the_deadline_is_asked_again()
    {
        var plan = Plan("header; a; hang", FurtherReport) with { Timeout = RunLab.Short };
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases.Count), Is.EqualTo((KernelStatus.ProbeTimeout, 2)));
        Assert.That(kernel.Cases.Select(c => c.Id), Does.Contain(Id));
    }

    [Test]
    public async Task A_prober_without_a_case_to_run_costs_no_boot()
    {
        var plan = Plan("exit 1", "exit 1");
        var onlyFurther = plan with
        {
            Programs = RunLab.Asking(plan, []),
            Kernels = [_lab.Kernel("6.1.6", FurtherReport)],
        };
        var kernel = (await _lab.RunAsync(onlyFurther)).Kernels.Single();
        Assert.That(kernel.Cases.Select(c => c.Id), Is.EqualTo(new[] { Id }));
        Assert.That(_lab.Launcher.Launched, Is.EqualTo(new[] { "6.1.6 tcg" }));
    }

    /// <summary>
    /// A kernel whose first prober does the one, and whose further one the other. A second boot has only the further
    /// one.
    /// </summary>
    private RunPlan Plan(string first, string later)
    {
        IReadOnlyList<ProbeCase> cases = [new(Id, Outcome.Accept, "sizes agree")];
        var plan = _lab.Plan(
            _lab.Kernel("6.1.5", $"if (($(wc -l <$here/launched) == 1)); then probe=inner-maps; {first}; "
                + $"probe=inner-maps.{Label}; fi; {later}"));
        var further = new NativeProgram("inner-maps", _lab["further"], "5a5a", cases)
        {
            Label = Label,
            Description = Label,
            Facts = new Dictionary<string, string> { ["libbpf"] = "1.5" }
        };
        File.WriteAllText(further.Path, "stands in for another prober");
        var program = plan.Programs[0];
        return plan with
        {
            Programs = [
                program with { Program = program.Program with { Description = "the machine's libbpf",
                    Facts = new Dictionary<string, string> { ["libbpf"] = "1.1" } } }, new ProgramTask(further, cases)],
        };
    }
}
