using Harness.Tests.Support;

namespace Harness.Tests;

/// <summary>Where the program finds its own files: in the checkout or the release that it lies in.</summary>
public sealed class RepositoryTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [Test]
    public void A_checkout_keeps_its_runs()
    {
        _directory.Write("VERSION", "1\n");
        _directory.Write("Harness.sln", "");
        var found = Repository.Above(Directory.CreateDirectory(_directory["harness", "bin", "Release"]).FullName);
        Assert.That((found.Path, found.IsRelease, found.Results),
            Is.EqualTo((_directory.Path, false, _directory["results"])));
    }

    [Test]
    public void Runs_of_a_release_go_to_the_current_directory()
    {
        _directory.Write("VERSION", "1\n");
        var found = Repository.Above(Directory.CreateDirectory(_directory["lib", "harness"]).FullName);
        Assert.That((found.Path, found.IsRelease), Is.EqualTo((_directory.Path, true)));
        Assert.That(found.Results, Is.EqualTo(Path.Combine(Environment.CurrentDirectory, "results")));
    }

    [Test]
    public void A_release_that_is_unpacked_in_a_checkout_is_a_release()
    {
        _directory.Write("Harness.sln", "");
        _directory.Write("dist/release/VERSION", "1\n");
        Assert.That(Repository.Above(_directory["dist", "release"]).IsRelease, Is.True);
    }

    [Test]
    public void A_program_that_was_moved_away_says_so() => Assert.That(
        Assert.Throws<UsageException>(() => Repository.Above("/usr/bin"))!.Message,
        Does.StartWith("/usr/bin is in no checkout and no unpacked release of the harness"));
}
