using System.Text.Json;
using Harness.Analysis;
using Harness.Machines;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>
/// Kernels of the machines beside the first: the newest answers there as it does here, but for what expectations say
/// that it lacks. What that takes, <c>scripts/setup --machine</c> installs; without it, a machine is left out.
/// </summary>
[Category("VM")]
[NonParallelizable]
public sealed class MachineTests
{
    private static readonly string[] _matrix =
        ["--kernels", Path.Combine(RealRun.Repository.Path, "all-machines.yaml")];

    private static IEnumerable<TestCaseData> Others =>
        MachineList.All.Skip(1).Select(machine => new TestCaseData(machine).SetArgDisplayNames(machine.Name));

    [TestCaseSource(nameof(Others))]
    public async Task Every_case_answers_as_it_does_on_the_first_machine(Machine machine)
    {
        Require(machine);
        using var directory = new TemporaryDirectory();
        var pair = await NewestPairAsync(machine);
        var (document, _) = await RealRun.OfAsync(directory["run"], [.. _matrix, .. RealRun.Only(pair)]);
        Assert.That(document.Kernels.Select(k => (k.Status, k.BootedPlain)),
            Is.EqualTo(new[] { (KernelStatus.Tested, false), (KernelStatus.Tested, false) }));
        var found = VersionDifferences.OfMachines(document);
        Assert.That(found.Places, Is.EquivalentTo(new[] { MachineList.Default.Name, machine.Name }));
        Assert.That(found.Cases, Is.GreaterThan(2000));
        var lacking = document.Kernels.Single(k => k.Arch == machine.Name).Cases
            .Where(c => c is { Status: CaseStatus.Skip or CaseStatus.Error, AsExpected: true }).Select(c => c.Id);
        Assert.That(found.Differing.Select(d => d.Case).Except(lacking), Is.Empty);
    }

    [TestCaseSource(nameof(Others))]
    public async Task A_kernel_as_its_vendor_ships_it_reports_without_the_debug_console(Machine machine)
    {
        Require(machine);
        using var directory = new TemporaryDirectory();
        var (document, _) = await RealRun.OfAsync(directory["run"],
        [
            .. _matrix, .. RealRun.Only([(await NewestPairAsync(machine))[1]]), "--case", "raw.*.array.*", "--plain",
        ]);
        var kernel = document.Kernels.Single();
        Assert.That((kernel.Status, kernel.Arch), Is.EqualTo((KernelStatus.Tested, machine.Name)), kernel.Reason);
    }

    /// <summary>The newest kernel of a version that both have: the first machine's, then the other's.</summary>
    private static async Task<IReadOnlyList<string>> NewestPairAsync(Machine machine)
    {
        var listed = await RealRun.Harness(["list", "--json", .. _matrix]).RunAsync(CancellationToken.None);
        using var kernels = JsonDocument.Parse(listed.StandardOutput);
        var all = kernels.RootElement.EnumerateArray()
            .Select(k => (Id: k.GetProperty("id").GetString()!, Version: k.GetProperty("version").GetString(),
                Arch: k.GetProperty("arch").GetString()))
            .ToList();
        var there = all.Where(k => k.Arch == machine.Name).ToList();
        var here = all.Last(k => k.Arch == MachineList.Default.Name
            && there.Exists(other => other.Version == k.Version));
        return [here.Id, there.Last(k => k.Version == here.Version).Id];
    }

    private static void Require(Machine machine)
    {
        var init = RealRun.Repository.Built("init", MachineList.FolderOf(machine));
        if (!File.Exists(init) || CommandExecution.Find(machine.QemuProgram) is null)
        {
            Assert.Ignore($"{init} is not built, or {machine.QemuProgram} is not installed: "
                + $"scripts/setup --machine {machine.Name}");
        }
    }
}
