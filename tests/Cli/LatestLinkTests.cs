using Harness.Cli;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

public sealed class LatestLinkTests
{
    [Test]
    public void The_link_points_to_the_newest_run_and_can_be_moved_with_its_directory()
    {
        using var results = new TemporaryDirectory();
        foreach (var run in new[] { "first", "second" })
        {
            LatestLink.Point(results.Path, Directory.CreateDirectory(results[run]).FullName);
            Assert.That(new DirectoryInfo(results["latest"]).LinkTarget, Is.EqualTo(run));
        }
        Assert.That(Directory.GetFileSystemEntries(results.Path), Has.Length.EqualTo(3), "nothing temporary is left");
    }

    [Test]
    public void A_run_elsewhere_is_not_linked()
    {
        using var results = new TemporaryDirectory();
        using var elsewhere = new TemporaryDirectory();
        LatestLink.Point(results.Path, elsewhere["run"]);
        Assert.That(Directory.GetFileSystemEntries(results.Path), Is.Empty);
    }

    [Test]
    public void What_somebody_put_in_its_place_stays()
    {
        using var results = new TemporaryDirectory();
        results.Write("latest/kept", "mine");
        LatestLink.Point(results.Path, Directory.CreateDirectory(results["run"]).FullName);
        Assert.That(File.Exists(results["latest", "kept"]));
        Assert.That(Directory.GetFileSystemEntries(results.Path), Has.Length.EqualTo(2));
    }

    [Test]
    public void So_does_a_file()
    {
        using var results = new TemporaryDirectory();
        results.Write("latest", "mine");
        LatestLink.Point(results.Path, Directory.CreateDirectory(results["run"]).FullName);
        Assert.That(File.ReadAllText(results["latest"]), Is.EqualTo("mine"));
        Assert.That(Directory.GetFileSystemEntries(results.Path), Has.Length.EqualTo(2));
    }
}
