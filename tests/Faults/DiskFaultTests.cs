using Harness.Results;

namespace Harness.Tests.Faults;

/// <summary>Disks that are full or may only be read: small ones that only the test's own harness sees.</summary>
public sealed class DiskFaultTests : FaultTests
{
    private const string Full = "No space left on device";

    [Test]
    [Category(FaultSuite.InCi)]
    public async Task A_disk_that_fills_up_while_kernels_run_blames_none_of_them_and_the_run_goes_on_later()
    {
        Lab.Run = Lab["disk", "run"];
        var run = await Lab.RunOnDiskAsync("size=24k", after: "cp -r \"$lab/disk/run\" \"$lab/kept\";");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), run.Result.Describe());
        Assert.That(run.Result.StandardError, Does.Contain(Full));
        Assert.That(Journal.Read(Lab["kept"]).Kernels.Select(kernel => kernel.Status),
            Is.All.AnyOf(KernelStatus.InfraError, KernelStatus.Tested));

        Lab.Run = Lab["kept"];
        var later = await Lab.RunAsync(Lab.Harness("run", "--accel", "tcg", "--resume", "--out", Lab.Run));
        AssertAnswersAreClean(later);
    }

    [Test]
    public async Task A_disk_without_room_for_the_reports_keeps_the_results()
    {
        Lab.Run = Lab["disk", "run"];
        var run = await Lab.RunOnDiskAsync("size=64k", after: "cp -r \"$lab/disk/run\" \"$lab/kept\";");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), run.Result.Describe());
        Assert.That(run.Result.StandardError, Does.Contain(Full));
        AssertRestIsClean(run with { Directory = Lab["kept"] });
    }

    [Test]
    public async Task A_run_directory_that_may_only_be_read_is_said_and_nothing_boots()
    {
        Lab.Run = Lab["disk", "run"];
        var run = await Lab.RunOnDiskAsync("ro");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), run.Result.Describe());
        Assert.That(run.Result.StandardError, Does.Contain($"Read-only file system : '{Lab.Run}'"));
        Assert.That(run.Result.StandardOutput, Does.Not.Contain("good-"));
    }

    [TestCase("size=100k")]
    [TestCase("size=3m")]
    [TestCase("ro")]
    [Category(FaultSuite.InCi)]
    public async Task A_cache_without_room_costs_time_and_no_result(string disk)
    {
        Lab.Cache = Lab["disk"];
        AssertAnswersAreClean(await Lab.RunOnDiskAsync(disk));
    }

    [Test]
    public async Task A_directory_of_temporary_files_without_room_changes_nothing()
    {
        Lab.Temp = Lab["disk"];
        var run = await Lab.RunOnDiskAsync(
            "size=4k", before: "head -c 9999 /dev/zero >\"$lab/disk/full\" 2>\"$lab/said\" || :;");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Result.Describe());
        AssertRestIsClean(run);
    }
}
