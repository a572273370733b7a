using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class SnapshotStoreTests
{
    private static readonly SavedGuest _saved = new([0, 7], 5);

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_cache() => _directory = new TemporaryDirectory();

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
    public void Where_there_is_no_room_the_one_that_was_not_used_for_longest_goes()
    {
        var store = Store(8000);
        foreach (var (key, minutes) in new[] { ("old", 1), ("older", 3), ("oldest", 5) })
        {
            Save(store, key);
            File.SetLastWriteTimeUtc(Marker(key), DateTime.UtcNow.AddMinutes(-minutes));
        }
        Assert.That(store.Find(["oldest"]), Is.Not.Null, "it is used now");
        Save(store, "new");
        Assert.That(new[] { "old", "older", "oldest", "new" }.Where(key => store.Find([key]) is not null),
            Is.EqualTo(new[] { "old", "oldest", "new" }));
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
    public void That_a_guest_cannot_be_saved_is_remembered()
    {
        var store = Store(1000);
        store.Remember(["a"], "why");
        Assert.That(store.Find(["a"])?.Unfit, Is.EqualTo("why"));
    }

    private SnapshotStore Store(long budget) => new(_directory.Path, budget);

    private string Marker(string key) =>
        _directory["snapshots", SnapshotKey.NameOf([key]), "snapshot.json"];

    private void Save(SnapshotStore store, string key)
    {
        var begun = store.Begin();
        File.WriteAllBytes(Path.Combine(begun, "memory"), new byte[2000]);
        SnapshotStore.TakeConsole(begun, _directory.Write("console", "the kernel's words"));
        store.Complete(begun, [key], _saved);
    }
}
