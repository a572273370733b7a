using Harness.Kernels;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class RunIdsTests
{
    private static readonly DateTimeOffset _start = new(2026, 2, 1, 5, 29, 59, TimeSpan.FromMinutes(330));

    [Test]
    public void An_id_is_the_start_in_UTC_and_counts_on_when_it_is_taken()
    {
        using var directory = new TemporaryDirectory();
        Assert.That(RunIds.New(_start, directory.Path), Is.EqualTo("20260131-235959"));
        Directory.CreateDirectory(directory["20260131-235959"]);
        Directory.CreateDirectory(directory["20260131-235959-2"]);
        Assert.That(RunIds.New(_start, directory.Path), Is.EqualTo("20260131-235959-3"));
    }

    [TestCase("results/20260131-235959", "20260131-235959")]
    [TestCase("results/20260131-235959-2/", "20260131-235959-2")]
    [TestCase("results/my-run", null)]
    [TestCase("elsewhere/20260131-235959", null)]
    [TestCase(null, null)]
    public void A_directory_in_results_may_name_its_run(string? directory, string? id) =>
        Assert.That(RunIds.Named(directory, Path.GetFullPath("results")), Is.EqualTo(id));

    [Test]
    public void Images_are_named_after_their_files_and_told_apart() =>
        Assert.That(
            ImageIds.Of(["/a/bzImage", "/b/bzImage", "bzImage-2", "/c/bzImage", "/d/my kernel (new)", "/e/.hidden",
                "/f/---"]).Select(k => k.Kernel.Id),
            Is.EqualTo(new[] { "bzImage", "bzImage-2", "bzImage-2-2", "bzImage-3", "my_kernel__new_",
                "hidden", "image" }));

    [Test]
    public void Images_are_asked_for_by_name_and_their_ids_are_valid()
    {
        var kernels = ImageIds.Of([$"/a/{new string('x', 250)}", "/b/ünïcode"]).Select(k => k.Kernel).ToList();
        Assert.That(kernels.Select(k => k.ByName), Has.All.True);
        Assert.That(kernels.Select(k => KernelIds.Problem(k.Id)), Has.All.Null);
    }
}
