using Harness.Kernels;
using Harness.Machines;
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
            .Remember(
            [
                (tested, Accelerator.Tcg),
                (tested with { Sha256 = "bb", Seconds = 90, Status = KernelStatus.BootTimeout }, Accelerator.Tcg),
            ]);

        var again = BootTimes.Read(cache.Path);
        Assert.That(again.Expected("aa", Accelerator.Tcg), Is.EqualTo(4.25));
        Assert.That(again.Expected("bb", Accelerator.Tcg), Is.EqualTo(double.PositiveInfinity),
            "a deadline is no duration");
    }

    [Test]
    public void What_an_image_takes_under_emulation_says_nothing_about_kvm()
    {
        using var cache = new TemporaryDirectory();
        var tested = Samples.Kernel("6.1.5") with { Sha256 = "aa" };
        BootTimes.Read(cache.Path).Remember(
            [(tested with { Seconds = 9 }, Accelerator.Tcg), (tested with { Seconds = 2 }, Accelerator.Kvm)]);
        var again = BootTimes.Read(cache.Path);
        Assert.That((again.Expected("aa", Accelerator.Tcg), again.Expected("aa", Accelerator.Kvm)),
            Is.EqualTo((9, 2)));
    }

    [Test]
    public void What_was_taken_over_took_no_time()
    {
        using var cache = new TemporaryDirectory();
        var from = new KnownFrom("20260101-020000", DateTimeOffset.UnixEpoch);
        var known = Samples.Kernel("6.1.5") with { Sha256 = "aa", Known = from };
        BootTimes.Read(cache.Path).Remember([(known, Accelerator.Tcg)]);
        Assert.That(BootTimes.Read(cache.Path).Expected("aa", Accelerator.Tcg), Is.EqualTo(double.PositiveInfinity));
    }

    [TestCase("{")]
    [TestCase("[1]")]
    [TestCase("null")]
    public void A_damaged_memory_is_an_empty_one(string text)
    {
        using var cache = new TemporaryDirectory();
        cache.Write("boot-seconds.json", text);
        Assert.That(BootTimes.Read(cache.Path).Expected("aa", Accelerator.Tcg), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public async Task The_longest_is_booted_first()
    {
        using var lab = new RunLab();
        BootTimes.Read(lab["cache"]).Remember(
        [
            (Samples.Kernel("6.1.5") with { Sha256 = Sha('a'), Seconds = 3 }, Accelerator.Tcg),
            (Samples.Kernel("6.6.1") with { Sha256 = Sha('b'), Seconds = 9 }, Accelerator.Tcg),
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
