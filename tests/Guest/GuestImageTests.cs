using Harness.Guest;
using Harness.Tests.Support;

namespace Harness.Tests.Guest;

public sealed class GuestImageTests
{
    private static readonly byte[] _init = [1, 2, 3, 4, 5];
    private static readonly GuestProgram _probe = new("a-probe", [6, 7, 8]);

    [Test]
    public void It_holds_init_and_a_console()
    {
        var entries = CpioReader.Read(GuestImage.Build(_init, [_probe])).ToDictionary(e => e.Name);
        Assert.That(entries["init"].Content, Is.EqualTo(_init));
        Assert.That(Convert.ToString(entries["init"].Mode, 8), Is.EqualTo("100755"));
        Assert.That((entries["dev/console"].Major, entries["dev/console"].Minor), Is.EqualTo((5u, 1u)));
        Assert.That(entries.Keys, Is.SupersetOf(new[] { "dev", "proc", "sys" }));
    }

    [Test]
    public void It_holds_each_program_under_its_name()
    {
        var other = new GuestProgram("another", [9], Convert.ToUInt32("500", 8));
        var entries = CpioReader.Read(GuestImage.Build(_init, [other, _probe])).ToDictionary(e => e.Name);
        Assert.That(entries["probes/a-probe"].Content, Is.EqualTo(_probe.Content));
        Assert.That(Convert.ToString(entries["probes/a-probe"].Mode, 8), Is.EqualTo("100755"));
        Assert.That(entries["probes/another"].Content, Is.EqualTo(other.Content));
        Assert.That(Convert.ToString(entries["probes/another"].Mode, 8), Is.EqualTo("100500"));
        Assert.That(entries.Keys, Does.Contain("probes"));
    }

    [Test]
    public void The_order_of_the_programs_changes_nothing()
    {
        var other = new GuestProgram("another", [9]);
        Assert.That(GuestImage.Build(_init, [other, _probe]), Is.EqualTo(GuestImage.Build(_init, [_probe, other])));
    }

    [TestCase("")]
    [TestCase("../init")]
    [TestCase(".hidden")]
    [TestCase("a-probe")]
    public void A_name_that_is_none_of_a_file_or_stands_twice_is_refused(string name) =>
        Assert.That(() => GuestImage.Build(_init, [_probe, new GuestProgram(name, [])]), Throws.ArgumentException);

    [Test]
    public void It_is_stored_once_for_each_content()
    {
        using var directory = new TemporaryDirectory();
        var path = GuestImage.Store(directory["guests"], _init, [_probe]);
        var written = File.GetLastWriteTimeUtc(path);
        Assert.That(GuestImage.Store(directory["guests"], _init, [_probe]), Is.EqualTo(path));
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(written));
        Assert.That(GuestImage.Store(directory["guests"], [9], [_probe]), Is.Not.EqualTo(path));
        Assert.That(Directory.GetFiles(directory["guests"]), Has.Length.EqualTo(2));
    }

    [Test]
    public void One_that_was_cut_is_written_again()
    {
        using var directory = new TemporaryDirectory();
        var path = GuestImage.Store(directory.Path, _init, [_probe]);
        File.WriteAllText(path, "cut");
        GuestImage.Store(directory.Path, _init, [_probe]);
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(GuestImage.Build(_init, [_probe])));
    }
}
