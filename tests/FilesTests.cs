using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests;

public sealed class FilesTests
{
    [Test]
    public void Nothing_half_written_stays_when_the_disk_is_full()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("file", "old");
        Assert.Throws<IOException>(() => Files.Replace(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("No space left on device");
        }));
        Assert.That(Directory.GetFileSystemEntries(directory.Path), Is.EqualTo(new[] { path }));
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
    }

    [Test]
    public async Task A_lock_that_is_a_FIFO_holds_up_nobody()
    {
        using var directory = new TemporaryDirectory();
        await Fifos.MakeAsync(directory["lock"]);
        await Assert.CatchAsync<IOException>(
            () => Task.Run(() => Files.TryLock(directory["lock"])).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void Nor_do_results_that_cannot_be_put_in_their_place()
    {
        using var directory = new TemporaryDirectory();
        var path = Directory.CreateDirectory(directory[ResultsFile.Name]).FullName;
        Assert.Catch(() => ResultsFile.Write(path, Samples.Document(Samples.Kernel("6.1.5", Samples.Case("raw.a")))));
        Assert.That(Directory.GetFileSystemEntries(directory.Path), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void What_a_killed_writer_left_is_removed_by_the_next_and_what_another_writes_stays()
    {
        using var directory = new TemporaryDirectory();
        var abandoned = directory.Write("file.1.tmp", "half");
        var (path, busy, other) = (directory["file"], directory["file.2.tmp"], directory.Write("file2.1.tmp", "other"));
        using var writer = new FileStream(busy, FileMode.Create, FileAccess.Write, FileShare.Read);
        Files.Replace(path, "new");
        Assert.That(Directory.GetFiles(directory.Path), Is.EquivalentTo(new[] { path, busy, other }));
        Assert.That((File.Exists(abandoned), File.ReadAllText(path)), Is.EqualTo((false, "new")));
    }
}
