using System.Text;
using CliWrap;
using Harness.Guest;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Guest;

public sealed class CpioArchiveTests
{
    private static readonly byte[] _content = Encoding.UTF8.GetBytes("#!/bin/sh\n");

    private static CpioArchive Sample() => new CpioArchive()
        .AddDirectory("dev")
        .AddCharacterDevice("dev/console", 5, 1)
        .AddFile("init", _content, 0b111_101_101)
        .AddFile("empty", [], 0b110_100_100);

    [Test]
    public void Its_entries_are_as_the_kernel_reads_them()
    {
        var entries = CpioReader.Read(Sample().ToArray());
        var found = entries.Select(e => (e.Name, Convert.ToString(e.Mode, 8), e.Major, e.Minor, e.Content.Length));
        Assert.That(found, Is.EqualTo(new[]
        {
            ("dev", "40755", 0u, 0u, 0),
            ("dev/console", "20600", 5u, 1u, 0),
            ("init", "100755", 0u, 0u, _content.Length),
            ("empty", "100644", 0u, 0u, 0),
            ("TRAILER!!!", "0", 0u, 0u, 0),
        }));
        Assert.That(entries[2].Content, Is.EqualTo(_content));
    }

    [Test]
    public void Owners_and_times_are_left_out_and_inodes_are_counted()
    {
        var entries = CpioReader.Read(Sample().ToArray());
        Assert.That(entries.Select(e => (e.Owner, e.Group, e.Time)), Has.All.EqualTo((0u, 0u, 0u)));
        var numbers = entries.SkipLast(1).Select(e => e.Inode);
        Assert.That(numbers, Is.EqualTo(new[] { 1u, 2u, 3u, 4u }), "a number that stands twice would be a hard link");
    }

    [Test]
    public void The_same_entries_give_the_same_bytes()
    {
        var first = Sample().ToArray();
        Assert.That(Sample().ToArray(), Is.EqualTo(first));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Names_and_contents_of_any_length_are_padded(int length)
    {
        var archive = new CpioArchive()
            .AddFile(new string('n', length + 1), new byte[length], 0b110_100_100)
            .AddFile("next", _content, 0)
            .ToArray();
        Assert.That(archive.Length % 4, Is.Zero);
        var lengths = CpioReader.Read(archive).Select(e => e.Content.Length);
        Assert.That(lengths, Is.EqualTo(new[] { length, _content.Length, 0 }));
    }

    [Test]
    public async Task Cpio_itself_agrees()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory["archive"], Sample().ToArray());
        var list = await new Command("cpio")
            .WithArguments(["-it", "--numeric-uid-gid", "-v", "-F", directory["archive"]])
            .RunAsync(CancellationToken.None);
        var lines = list.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] modes = ["drwxr-xr-x", "crw-------", "-rwxr-xr-x", "-rw-r--r--"];
        Assert.That(lines.Select(line => line[..10]), Is.EqualTo(modes));
        Assert.That(lines[1], Does.Match(@"\s0\s+0\s+5,\s+1\s.*dev/console$"));
    }
}
