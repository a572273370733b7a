using System.Globalization;
using Harness.Analysis;
using Harness.Results;
using Harness.Tests.Faults;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>Whole runs of kernels that are restored in place of a boot.</summary>
[Category("VM")]
[NonParallelizable]
public sealed class WarmRunTests
{
    private const int Seed = 816;

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    /// <summary>The whole table on the newest kernel of each series.</summary>
    [Test]
    [Category(FaultSuite.Category)]
    public async Task Every_case_answers_the_same_on_a_restored_kernel_in_any_order()
    {
        var kernels = RealRun.Only(await RealRun.NewestOfEachSeriesAsync());
        var cold = await RealRun.WholeTableAsync();
        await RealRun.OfAsync(_directory["saved"], [.. kernels, "--warm", "--case", "none"]);
        var (warm, _) = await RealRun.OfAsync(_directory["warm"], [.. kernels, "--warm"]);
        var (shuffled, _) = await RealRun.OfAsync(
            _directory["shuffled"], [.. kernels, "--warm", "--shuffle", Seed.ToString(CultureInfo.InvariantCulture)]);

        Assert.That(cold.Kernels.Select(k => k.Warm), Is.All.False);
        Assert.That(cold.Kernels.Count(k => k.Status == KernelStatus.Tested), Is.GreaterThanOrEqualTo(10));
        foreach (var document in new[] { warm, shuffled })
        {
            Assert.That(document.Kernels.Select(k => (k.Id, k.Status)),
                Is.EqualTo(cold.Kernels.Select(k => (k.Id, k.Status))));
            foreach (var (row, booted) in document.Kernels.Zip(cold.Kernels)
                .Where(pair => pair.Second.Status == KernelStatus.Tested))
            {
                Assert.That(row.Warm, row.Id);
                Assert.That(RealRun.Answers(row), Is.EqualTo(RealRun.Answers(booted)), row.Id);
            }
        }
    }

    [Test]
    public async Task None_is_restored_with_cold_or_booted_several_times()
    {
        IReadOnlyList<string> one = [.. RealRun.Only([await RealRun.NewestAsync("6.1")]), "--case", "none"];
        await RealRun.OfAsync(_directory["saved"], [.. one, "--warm"]);
        var (twice, _) = await RealRun.OfAsync(_directory["twice"], [.. one, "--warm", "--repeat", "2"]);
        var (warm, _) = await RealRun.OfAsync(_directory["warm"], [.. one, "--warm"]);
        var (cold, _) = await RealRun.OfAsync(_directory["cold"], [.. one, "--cold"]);

        Assert.That(new[] { twice, warm, cold }.Select(run => run.Kernels.Single().Warm),
            Is.EqualTo(new[] { false, true, false }));
        Assert.That(WasRestored("twice"), Is.EqualTo(new[] { false, false }));
        Assert.That(WasRestored("cold"), Is.EqualTo(new[] { false }));
        Assert.That(Report("warm"), Does.Contain(Words.Warm));
        Assert.That(Report("cold"), Does.Not.Contain(Words.Warm));
    }

    private IEnumerable<bool> WasRestored(string run) =>
        Directory.EnumerateFiles(_directory[run, "ktap"]).Select(File.ReadAllText)
            .Select(text => text.StartsWith("# init asked", StringComparison.Ordinal));

    private string Report(string run) => File.ReadAllText(_directory[run, "report.md"]);
}
