using Harness.Guest;
using Harness.Tests.Support;

namespace Harness.Tests.Guest;

public sealed class GuestImageTests
{
    private static readonly byte[] _prober = [1, 2, 3, 4, 5];

    [Test]
    public void It_holds_the_prober_as_init_and_a_console()
    {
        var entries = CpioReader.Read(GuestImage.Build(_prober)).ToDictionary(e => e.Name);
        Assert.That(entries["init"].Content, Is.EqualTo(_prober));
        Assert.That(Convert.ToString(entries["init"].Mode, 8), Is.EqualTo("100755"));
        Assert.That((entries["dev/console"].Major, entries["dev/console"].Minor), Is.EqualTo((5u, 1u)));
        Assert.That(entries.Keys, Is.SupersetOf(new[] { "dev", "proc", "sys" }));
    }

    [Test]
    public void It_is_stored_once_for_each_content()
    {
        using var directory = new TemporaryDirectory();
        var path = GuestImage.Store(directory["guests"], _prober);
        var written = File.GetLastWriteTimeUtc(path);
        Assert.That(GuestImage.Store(directory["guests"], _prober), Is.EqualTo(path));
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(written));
        Assert.That(GuestImage.Store(directory["guests"], [9]), Is.Not.EqualTo(path));
        Assert.That(Directory.GetFiles(directory["guests"]), Has.Length.EqualTo(2));
    }

    [Test]
    public void One_that_was_cut_is_written_again()
    {
        using var directory = new TemporaryDirectory();
        var path = GuestImage.Store(directory.Path, _prober);
        File.WriteAllText(path, "cut");
        GuestImage.Store(directory.Path, _prober);
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(GuestImage.Build(_prober)));
    }
}
