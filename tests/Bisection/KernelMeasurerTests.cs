using Harness.Bisection;
using Harness.Kernels;
using Harness.Probes;
using Harness.Results;

namespace Harness.Tests.Bisection;

/// <summary>What is learned from one kernel for the next, with fake kernels.</summary>
public sealed class KernelMeasurerTests
{
    private const string NeedsAcpi =
        $"if [[ $parameters == *acpi=off* ]]; then {BisectLab.Panics}; else {BisectLab.Accepts}; fi";

    private BisectLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new BisectLab();

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [Test]
    public async Task A_program_has_its_own_time_on_top_of_what_kernels_take()
    {
        await using var measurer = Measurer(program => program with { Seconds = 45 });
        await measurer.MeasureAsync(_lab.Kernels(BisectLab.Accepts), CancellationToken.None);
        Assert.That(measurer.Deadline, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(20 + 45)));
    }

    [Test]
    public async Task A_kernel_known_to_boot_only_as_shipped_proves_nothing_of_the_shorter_way()
    {
        var kernels = _lab.Kernels(NeedsAcpi, NeedsAcpi);
        await using (var earlier = Measurer())
        {
            await earlier.MeasureAsync([kernels[0]], CancellationToken.None);
        }
        await using var measurer = Measurer();
        var known = (await measurer.MeasureAsync([kernels[0]], CancellationToken.None, fresh: true)).Single().Result;
        var next = (await measurer.MeasureAsync([kernels[1]], CancellationToken.None)).Single().Result;
        Assert.That(new[] { known, next }.Select(k => (k.Status, k.Attempts, k.BootedPlain)),
            Is.EqualTo(new[] { (KernelStatus.Tested, 1, true), (KernelStatus.Tested, 2, true) }), next.Reason);
    }

    [TestCase(BisectLab.Accepts, true, true)]
    [TestCase(BisectLab.Lacks, false, true)]
    [TestCase(BisectLab.Lacks, true, false)]
    public async Task A_skip_that_another_source_of_modules_may_undo_is_not_remembered(
        string guest, bool wishes, bool remembered)
    {
        IReadOnlyList<PlannedKernel> kernels = _lab.Kernels(guest);
        KernelWishes wished = wishes ? new(["cls_bpf"]) : KernelWishes.None;
        var rows = new List<MeasuredKernel>();
        for (var i = 0; i < 2; i++)
        {
            await using var measurer = Measurer(program => program with { Wishes = wished });
            rows.AddRange(await measurer.MeasureAsync(kernels, CancellationToken.None));
        }
        Assert.That(rows.Select(r => (r.Result.Status, r.Remembered)),
            Is.EqualTo(new[] { (KernelStatus.Tested, false), (KernelStatus.Tested, remembered) }));
    }

    private KernelMeasurer Measurer(Func<NativeProgram, NativeProgram>? change = null)
    {
        var vm = _lab.Runs.Launcher.Machine;
        var plan = _lab.Runs.Plan();
        var task = plan.Programs[0];
        ProbeCase[] cases = [task.Cases[0]];
        plan = plan with
        {
            Programs = [task with { Program = change?.Invoke(task.Program) ?? task.Program, Cases = cases }],
            CaseGlobs = [new Glob(cases[0].Id)],
            Timeout = TimeSpan.FromMinutes(5),
        };
        return new KernelMeasurer(
            plan, vm, _lab.Runs.Chooser(vm), _lab.Runs.Environment, TimeProvider.System, _ => { })
        {
            Alike = true,
        };
    }
}
