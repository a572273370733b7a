using Harness.Kernels;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class BootTimesTests
{
    [Test]
    public void What_was_measured_is_remembered_and_what_was_not_is_expected_to_be_longest()
    {
        using var cache = new TemporaryDirectory();
        var tested = Samples.Kernel("6.1.5") with { Sha256 = "aa", Seconds = 4.25 };
        BootTimes.Read(cache.Path)
            .Remember([tested, tested with { Sha256 = "bb", Seconds = 90, Status = KernelStatus.BootTimeout }]);

        var again = BootTimes.Read(cache.Path);
        Assert.That(again.Expected("aa"), Is.EqualTo(4.25));
        Assert.That(again.Expected("bb"), Is.GreaterThan(again.Expected("aa")), "a deadline is no duration");
    }

    [TestCase("{")]
    [TestCase("[1]")]
    [TestCase("null")]
    public void A_damaged_memory_is_an_empty_one(string text)
    {
        using var cache = new TemporaryDirectory();
        cache.Write("boot-seconds.json", text);
        Assert.That(BootTimes.Read(cache.Path).Expected("aa"), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public async Task The_longest_is_booted_first()
    {
        using var lab = new RunLab();
        BootTimes.Read(lab["cache"]).Remember(
        [
            Samples.Kernel("6.1.5") with { Sha256 = Sha('a'), Seconds = 3 },
            Samples.Kernel("6.6.1") with { Sha256 = Sha('b'), Seconds = 9 },
        ]);
        var kernels = new[] { Kernel(lab, "6.1.5", 'a'), Kernel(lab, "6.6.1", 'b'), Kernel(lab, "6.12.1", 'c') };
        // One at a time, and nothing boots before all are at hand: the first image proves nothing under emulation.
        await lab.RunAsync(lab.Plan(kernels) with { Jobs = 1 });
        Assert.That(lab.Launcher.Launched.Skip(1), Is.EqualTo(Expected(lab.Launcher.Launched[0])));
    }

    private static IEnumerable<string> Expected(string first) =>
        new[] { "6.12.1 tcg", "6.6.1 tcg", "6.1.5 tcg" }.Where(k => k != first);

    private static string Sha(char c) => new(c, 64);

    private static PlannedKernel Kernel(RunLab lab, string version, char sha) =>
        lab.Kernel(version, "whole", sha256: Sha(sha));
}
