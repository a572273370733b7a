using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class SnapshotStoreTests
{
    private static readonly SavedGuest _saved = new([0, 7], 5, 0);

    private readonly SetTime _clock = new();
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_cache()
    {
        _directory = new TemporaryDirectory();
        _clock.Now = DateTimeOffset.UtcNow;
    }

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public void A_snapshot_is_found_by_all_that_it_depends_on()
    {
        var store = Store(1 << 20);
        Save(store, "a");
        Assert.That(store.Find(["a"]), Has.Property("Chunks").EqualTo(_saved.Chunks)
            .And.Property("Checksum").EqualTo(_saved.Checksum));
        Assert.That(store.Find(["b"]), Is.Null);
    }

    [Test]
    public void One_that_is_not_whole_is_not_found_and_is_written_anew()
    {
        var store = Store(1 << 20);
        store.Begin(); // by a process that was killed
        Save(store, "a");
        File.Delete(Path.Combine(store.Find(["a"])!.Directory, "snapshot.json"));
        Assert.That(store.Find(["a"]), Is.Null);
        Save(store, "a");
        Assert.That(store.Find(["a"]), Is.Not.Null);
    }

    [Test]
    public void It_is_remembered_how_guests_ended_as_long_as_the_snapshot_stays()
    {
        var store = Store(1 << 20);
        store.RememberEnd(["a"], "Oops");
        Assert.That(store.Find(["a"]), Is.Null, "nothing is saved");
        Save(store, "a");
        store.RememberEnd(["a"], "Oops");
        store.RememberEnd(["a"], "Oops");
        store.RememberEnd(["a"], "it lived");
        Assert.That(store.Find(["a"]), Has.Property("Ends").EqualTo(new[] { "Oops", "it lived" })
            .And.Property("Checksum").EqualTo(_saved.Checksum));
        for (var i = 0; i < 99; i++)
        {
            store.RememberEnd(["a"], $"a hostile guest's {i}");
        }
        Assert.That(store.Find(["a"])!.Ends, Has.Count.EqualTo(16));
        store.Remove(["a"]);
        Save(store, "a");
        Assert.That(store.Find(["a"])!.Ends, Is.Empty);
    }

    [Test]
    public void Where_there_is_no_room_the_one_that_was_not_used_for_longest_goes()
    {
        var store = Store(8000);
        foreach (var (key, days) in new[] { ("old", 2), ("older", 3), ("oldest", 5) })
        {
            Save(store, key);
            File.SetLastWriteTimeUtc(Marker(key), DateTime.UtcNow.AddDays(-days));
        }
        Assert.That(store.Find(["oldest"]), Is.Not.Null, "it is used now");
        Save(store, "new");
        Assert.That(new[] { "old", "older", "oldest", "new" }.Where(key => store.Find([key]) is not null),
            Is.EqualTo(new[] { "old", "oldest", "new" }));
    }

    /// <summary>Else a run of more kernels than there is room for would write all anew, and find none.</summary>
    [Test]
    public void What_was_used_within_a_day_does_not_go()
    {
        var store = Store(8000);
        string[] kernels = ["a", "b", "c", "d", "e"];
        var saved = kernels.Where(key => TrySave(store, key)).ToList();
        Assert.That(saved, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(kernels.Where(key => store.Find([key]) is not null), Is.EqualTo(saved));
        Assert.That(() => Save(store, "d"), Throws.TypeOf<IOException>().With.Message
            .EndsWith("is more than is left of 8000 bytes beside those that were used within a day"));
        _clock.Now += TimeSpan.FromDays(2);
        Assert.That(TrySave(store, "d"), "two days later");
    }

    [Test]
    public void What_a_killed_harness_left_goes_after_an_hour()
    {
        var store = Store(1 << 20);
        var (abandoned, other) = (store.Begin(), store.Begin());
        Directory.SetLastWriteTimeUtc(abandoned, DateTime.UtcNow.AddHours(-2));
        Save(store, "a");
        Assert.That((Directory.Exists(abandoned), Directory.Exists(other)), Is.EqualTo((false, true)));
    }

    /// <summary>Harnesses in several containers have the same process id, and may share a cache.</summary>
    [Test]
    public void No_two_write_into_the_same_directory()
    {
        var begun = new[] { Store(1), Store(1), Store(1) }.Select(store => store.Begin()).ToList();
        Assert.That(begun, Is.Unique);
        Assert.That(begun.Select(Directory.Exists), Is.All.True);
    }

    [Test]
    public void What_the_kernel_had_said_is_as_it_was_written()
    {
        var store = Store(1 << 20);
        Save(store, "a");
        var snapshot = store.Find(["a"])!;
        Assert.That(SnapshotStore.ConsoleOf(snapshot), Is.EqualTo("the kernel's words"u8.ToArray()));
        File.WriteAllText(Path.Combine(snapshot.Directory, "console"), "another kernel's");
        Assert.That(() => SnapshotStore.ConsoleOf(snapshot), Throws.TypeOf<IOException>());
    }

    [Test]
    public void One_that_is_larger_than_all_may_be_is_not_kept()
    {
        var store = Store(1000);
        Assert.That(() => Save(store, "a"), Throws.TypeOf<IOException>()
            .With.Message.Contains("is more than the 1000 bytes that all may take"));
        Assert.That(store.Find(["a"]), Is.Null);
    }

    /// <summary>Whoever writes a snapshot decides what the kernel answers.</summary>
    [Test]
    public void Nobody_else_may_read_or_write_them()
    {
        var begun = Store(1000).Begin();
        Assert.That(new[] { begun, Path.GetDirectoryName(begun)! }.Select(File.GetUnixFileMode), Is.All.EqualTo(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public void That_a_guest_is_not_to_be_saved_is_remembered_for_a_week()
    {
        var store = Store(1 << 20);
        Save(store, "a");
        store.Remember(["a"], "why");
        Assert.That((store.Find(["a"])?.Unfit, store.Find(["a"])?.IsSaved), Is.EqualTo(("why", (bool?)false)));
        _clock.Now += TimeSpan.FromDays(6);
        Assert.That(store.Find(["a"])?.Unfit, Is.EqualTo("why"));
        _clock.Now += TimeSpan.FromDays(2); // Finding it has not made it younger.
        Assert.That(store.Find(["a"]), Is.Null);
        Save(store, "a");
        Assert.That(store.Find(["a"])?.IsSaved, Is.True);
    }

    [Test]
    public void That_a_guest_was_booted_is_remembered_until_it_is_saved()
    {
        var store = Store(1 << 20);
        store.RememberBoot(["a"]);
        Assert.That((store.Find(["a"])?.IsSaved, store.Find(["a"])?.Unfit), Is.EqualTo(((bool?)false, (string?)null)));
        Save(store, "a");
        store.RememberBoot(["a"]); // by another process, whose guest was booted meanwhile
        Assert.That(store.Find(["a"])?.IsSaved, Is.True);
    }

    [Test]
    public void All_of_an_image_can_be_removed()
    {
        var store = Store(1 << 20);
        var (one, other) = (new string('1', 64), new string('2', 64));
        IReadOnlyList<string>[] keys =
            [[$"image {one} unpacked", "a"], [$"image {one} unpacked", "b"], [$"image {other} unpacked"]];
        Array.ForEach(keys, key => Save(store, key));
        store.RemoveOf(one);
        Assert.That(keys.Select(key => store.Find(key) is not null), Is.EqualTo(new[] { false, false, true }));
    }

    private SnapshotStore Store(long budget) => new(_directory.Path, budget, _clock);

    private string Marker(string key) =>
        _directory["snapshots", SnapshotKey.NameOf([key]), "snapshot.json"];

    private static bool TrySave(SnapshotStore store, string key)
    {
        try
        {
            Save(store, key);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Save(SnapshotStore store, string key) => Save(store, [key]);

    private static void Save(SnapshotStore store, IReadOnlyList<string> key)
    {
        var begun = store.Begin();
        File.WriteAllBytes(Path.Combine(begun, "memory"), new byte[2000]);
        store.Complete(begun, key, _saved, "the kernel's words"u8.ToArray());
    }
}
