using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>
/// What only saves time changes no verdict: the whole table with and without it, on one kernel of each series.
/// </summary>
[Category("VM")]
[NonParallelizable]
public sealed class PlainBootTests
{
    [Test]
    public async Task Every_case_answers_the_same_on_a_kernel_booted_as_its_vendor_ships_it()
    {
        using var directory = new TemporaryDirectory();
        var kernels = RealRun.Only(await RealRun.NewestOfEachSeriesAsync());
        var lean = await RealRun.WholeTableAsync();
        var (plain, _) = await RealRun.OfAsync(Path.Combine(directory.Path, "plain"), [.. kernels, "--plain"]);

        Assert.That(lean.Run.KernelParameters, Does.Contain("acpi=off"));
        Assert.That(plain.Run.KernelParameters, Does.Not.Contain("acpi=off"));
        var tested = lean.Kernels.Where(k => k.Status == KernelStatus.Tested).ToList();
        Assert.That(tested, Has.Count.GreaterThanOrEqualTo(10));
        Assert.That(lean.Kernels.Where(k => k.BootedPlain).Select(k => k.Id), Is.Empty,
            "remembered as one that needs a plain boot");
        Assert.That(plain.Kernels.Select(k => k.Id), Is.EqualTo(lean.Kernels.Select(k => k.Id)));
        Assert.That(lean.Kernels.Select(k => k.Attempts), Is.All.LessThanOrEqualTo(1),
            "a kernel that needs a plain boot says nothing here");
        foreach (var kernel in tested)
        {
            var other = plain.Kernels.Single(k => k.Id == kernel.Id);
            Assert.That(other.Status, Is.EqualTo(KernelStatus.Tested), kernel.Id);
            Assert.That(RealRun.Answers(other), Is.EqualTo(RealRun.Answers(kernel)), kernel.Id);
        }
    }
}
