using Harness.Cache;
using Harness.Tests.Support;

namespace Harness.Tests.Cache;

public sealed class CachePruningTests
{
    [Test]
    public void What_was_not_used_for_long_goes_and_a_use_keeps_it()
    {
        using var cache = new TemporaryDirectory();
        var old = new[] { "images/a/image.json", "images/a/vmlinuz", "images/b.partial/vmlinuz", "probers/c/prober",
            "vmlinux/d", "guests/e.cpio", "archive/index.json", "locks/a" };
        foreach (var file in old.Append("vmlinux/used").Append("images/used/image.json"))
        {
            File.SetLastWriteTimeUtc(cache.Write(file, "content"), DateTime.UtcNow.AddDays(-40));
        }
        foreach (var directory in Directory.GetDirectories(cache.Path, "*", SearchOption.AllDirectories))
        {
            Directory.SetLastWriteTimeUtc(directory, DateTime.UtcNow.AddDays(-40));
        }
        CachePruning.Used(cache["vmlinux/used"]);
        CachePruning.Used(cache["images/used/image.json"]);
        CachePruning.Used(cache["nothing/here"]);
        var items = new CachePruning(cache.Path, TimeProvider.System).Old(TimeSpan.FromDays(30));
        Assert.That(items.Select(i => Path.GetRelativePath(cache.Path, i.Path)),
            Is.EqualTo(new[] { "guests/e.cpio", "images/a", "images/b.partial", "probers/c", "vmlinux/d" }));
        foreach (var item in items)
        {
            CachePruning.Remove(item);
        }
        Assert.That(Directory.EnumerateFiles(cache.Path, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(cache.Path, f)).Order(StringComparer.Ordinal),
            Is.EqualTo(new[] { "archive/index.json", "images/used/image.json", "locks/a", "vmlinux/used" }));
    }
}
