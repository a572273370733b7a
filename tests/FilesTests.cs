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
    public void Nor_do_results_that_cannot_be_put_in_their_place()
    {
        using var directory = new TemporaryDirectory();
        var path = Directory.CreateDirectory(directory[ResultsFile.Name]).FullName;
        Assert.Catch(() => ResultsFile.Write(path, Samples.Document(Samples.Kernel("6.1.5", Samples.Case("raw.a")))));
        Assert.That(Directory.GetFileSystemEntries(directory.Path), Is.EqualTo(new[] { path }));
    }
}
