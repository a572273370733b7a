using System.Globalization;
using Harness.Analysis;
using Harness.Probes;
using Harness.Processes;
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

    /// <summary>Two cases kill this kernel, one of an array and one of a per-CPU array.</summary>
    [Test]
    public async Task What_kills_a_kernel_is_asked_of_a_restored_one_and_answers_the_same()
    {
        IReadOnlyList<string> asked =
        [
            .. RealRun.Only([await RealRun.NewestAsync("6.17")]),
            .. RealRun.Cases(["raw.array_of_maps.{array,percpu_array}.none.none.seen_smaller_*beyond_*known"]),
        ];
        var (cold, _) = await RealRun.OfAsync(_directory["cold"], [.. asked, "--cold"]);
        // Whatever is known before: then it is known how a booted kernel ends.
        await RealRun.OfAsync(_directory["saved"], [.. asked, "--warm"]);
        var (warm, _) = await RealRun.OfAsync(_directory["warm"], [.. asked, "--warm"]);

        Assert.That(cold.Kernels.Single().Cases.Count(c => c.Step == Probe.CrashStep), Is.EqualTo(2));
        Assert.That(RealRun.Answers(warm.Kernels.Single()), Is.EqualTo(RealRun.Answers(cold.Kernels.Single())));
        Assert.That((warm.Kernels.Single().Warm, warm.Kernels.Single().Attempts, warm.Kernels.Single().Retries),
            Is.EqualTo((true, 1, (IReadOnlyList<RetriedAttempt>?)null)), "no death is checked by a boot");
        Assert.That(WasRestored("warm"), Is.EqualTo(new[] { true, true, true }));
        Assert.That(WasRestored("cold"), Is.EqualTo(new[] { false, false, false }));
    }

    [Test]
    public async Task A_kernel_is_saved_when_it_is_booted_again_and_restored_from_then_on()
    {
        var matrix = _directory.Write(
            "kernels.yaml", $"kernels:\n  - image: {await RealRun.UnpackedKernelAsync()}\n    name: one\n");
        var known = new List<(bool Waited, bool Warm)>();
        foreach (var (name, options) in new (string, string[])[]
        {
            ("off", ["--snapshot-bytes", "0"]), ("cold", ["--cold"]), ("first", []), ("second", []), ("third", []),
            ("again", ["--cold"]),
        })
        {
            var run = RealRun.Harness(["run", "--accel", "tcg", "--kernels", matrix, "--case",
                "raw.array_of_maps.array.none.none", "--out", _directory[name], .. options]);
            await run.WithEnvironmentVariable("XDG_CACHE_HOME", _directory["cache"])
                .TryRunAsync(CancellationToken.None);
            var row = ResultsFile.Read(_directory[name]).Kernels.Single();
            known.Add((row.Waited, row.Warm));
        }
        Assert.That(known, Is.EqualTo(new[]
        {
            (false, false), (false, false), (false, false), (true, false), (false, true), (false, false),
        }));
    }

    private IEnumerable<bool> WasRestored(string run) =>
        Directory.EnumerateFiles(_directory[run, "ktap"]).Select(File.ReadAllText)
            .Select(text => text.StartsWith("# init asked", StringComparison.Ordinal));

    private string Report(string run) => File.ReadAllText(_directory[run, "report.md"]);
}
