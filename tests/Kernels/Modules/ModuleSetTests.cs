using Harness.Kernels.Modules;

namespace Harness.Tests.Kernels.Modules;

/// <summary>Which modules a kernel loads to get some abilities, and which it has nowhere.</summary>
public sealed class ModuleSetTests : ModuleFixture
{
    [Test]
    public async Task A_module_is_loaded_once_behind_all_that_it_needs()
    {
        var set = await OfAsync(["9p", "overlay"], new()
        {
            ["9p"] = await ModuleAsync("9p.ko.xz", "netfs,9pnet"),
            ["9pnet"] = await ModuleAsync("9pnet.ko", "netfs"),
            ["netfs"] = await ModuleAsync("netfs.ko"),
            ["overlay"] = await ModuleAsync("overlay.ko"),
        });
        Assert.That(set.Loaded.Select(m => m.Name), Is.EqualTo(["netfs", "9pnet", "9p", "overlay"]));
        Assert.That(set.Loaded.Select(m => m.Content.Take(4)), Has.All.EqualTo("\u007fELF"u8.ToArray()), "unpacked");
        Assert.That((set.Missing, set.Problem), Is.EqualTo((Array.Empty<string>(), (string?)null)));
    }

    [Test]
    public async Task What_is_built_in_is_not_loaded_and_what_is_nowhere_is_missing()
    {
        var modules = new Dictionary<string, string> { ["9p"] = await ModuleAsync("9p.ko", "net-fs,9pnet,gone") };
        var set = await OfAsync(["9p", "virtio_pci"], modules,
            KernelFiles.ReadBuiltIn("kernel/net/9p/9pnet.ko\nkernel/fs/net-fs.ko\n"));
        Assert.That(set.Loaded.Select(m => m.Name), Is.EqualTo(["9p"]));
        Assert.That(set.Missing, Is.EqualTo(["gone", "virtio_pci"]));
    }

    [Test]
    public async Task Modules_that_need_each_other_come_to_an_end()
    {
        var set = await OfAsync(["a"], new()
        {
            ["a"] = await ModuleAsync("a.ko", "b"),
            ["b"] = await ModuleAsync("b.ko", "a"),
        });
        Assert.That(set.Loaded.Select(m => m.Name), Is.EqualTo(["b", "a"]));
    }

    [Test]
    public async Task A_file_that_is_no_module_or_cannot_be_unpacked_is_named()
    {
        Folder.Write("text.ko", "no module");
        Folder.Write("cut.ko", "\u00fd7zXZ");
        File.WriteAllBytes(Folder["cut.ko"], [.. File.ReadAllBytes(await ModuleAsync("whole.ko.xz")).Take(60)]);
        Assert.That((await OfAsync(["a"], new() { ["a"] = Folder["text.ko"] })).Problem,
            Is.EqualTo($"{Folder["text.ko"]} is no kernel module, or is damaged"));
        Assert.That((await OfAsync(["a"], new() { ["a"] = Folder["cut.ko"] })).Problem,
            Is.EqualTo($"{Folder["cut.ko"]} cannot be unpacked"));
    }

    private static Task<ModuleSet> OfAsync(
        IEnumerable<string> wanted, Dictionary<string, string> modules, IReadOnlySet<string>? builtIn = null) =>
        ModuleSet.OfAsync(
            new KernelFiles("here") { Modules = modules, BuiltIn = builtIn }, wanted, CancellationToken.None);
}
