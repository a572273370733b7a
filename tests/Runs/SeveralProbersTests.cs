using Harness.Probes;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>Each further prober runs its cases in a boot of its own; a kernel's row has them all.</summary>
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
    public async Task A_row_has_the_cases_of_all_boots()
    {
        var document = await _lab.RunAsync(Plan("whole", $"say again; {FurtherReport}"));
        var kernel = document.Kernels.Single();
        Assert.That((kernel.Status, kernel.Reason, kernel.Attempts),
            Is.EqualTo((KernelStatus.Tested, (string?)null, 1)));
        Assert.That(kernel.Cases.Select(c => c.Id), Is.EqualTo(new[] { Id, "raw.a", "raw.b" }));
        Assert.That(kernel.Console, Is.EqualTo("console/debian-6.1.5.log"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_lab.Run, "console", $"debian-6.1.5.{Label}.log")),
            Is.EqualTo("again\n"));
        Assert.That(Path.Combine(_lab.Run, "ktap", $"debian-6.1.5.{Label}.ktap"), Does.Exist);
        Assert.That(Directory.EnumerateFiles(_lab["cache", "guests"]).Count(), Is.EqualTo(2),
            "an initramfs for each prober");
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
        var kernel =
            (await _lab.RunAsync(
                Plan("header; a; say 'BUG: kernel NULL pointer dereference'", FurtherReport))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases.Count, kernel.Console),
            Is.EqualTo((KernelStatus.Crashed, 2, "console/debian-6.1.5.log")));
        Assert.That(kernel.Reason, Does.StartWith("with the machine's libbpf: BUG: kernel NULL pointer dereference"));
    }

    [Test]
    public async Task A_crash_with_a_further_prober_is_the_kernels_and_its_console_is_shown()
    {
        var kernel =
            (await _lab.RunAsync(
                Plan("whole", "header 1; say 'BUG: kernel NULL pointer dereference'"))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases.Count, kernel.Console),
            Is.EqualTo((KernelStatus.Crashed, 2, $"console/debian-6.1.5.{Label}.log")));
        Assert.That(kernel.Reason, Does.StartWith($"with {Label}: BUG: kernel NULL pointer dereference"));
    }

    [Test]
    public async Task A_kernel_that_does_not_boot_is_not_booted_for_every_prober()
    {
        var kernel =
            (await _lab.RunAsync(
                Plan("say 'Kernel panic - not syncing: no root'",
                    FurtherReport) with
                { Plain = true })).Kernels.Single();
        Assert.That((kernel.Status, kernel.Reason),
            Is.EqualTo((KernelStatus.BootFailed, "Kernel panic - not syncing: no root")));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_further_boot_gets_a_second_chance_of_its_own()
    {
        var plan = Plan("whole",
            $"if (($(wc -l <$here/launched) < 3)); then hang; fi; {FurtherReport}") with
        {
            Timeout =
                TimeSpan.FromSeconds(1)
        };
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts, kernel.Cases.Count), Is.EqualTo((KernelStatus.Tested, 2, 3)));
        Assert.That(Path.Combine(_lab.Run, "console", $"debian-6.1.5.{Label}.attempt-1.log"), Does.Exist);
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

    /// <summary>A kernel whose first boot does the one, and every later one the other.</summary>
    private RunPlan Plan(string first, string later)
    {
        IReadOnlyList<ProbeCase> cases = [new(Id, Outcome.Accept, "sizes agree")];
        var plan = _lab.Plan(
            _lab.Kernel("6.1.5", $"if (($(wc -l <$here/launched) == 1)); then {first}; else {later}; fi"));
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
