using CliWrap;
using Harness.Kernels.Modules;
using Harness.Processes;

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

    [Test]
    public async Task A_FIFO_in_a_modules_place_is_named_and_waited_for_by_nobody()
    {
        await new Command("mkfifo").WithArguments([Folder["x.ko"]]).RunAsync(CancellationToken.None);
        var reading = Task.Run(() => OfAsync(["x"], new() { ["x"] = Folder["x.ko"] }));
        Assert.That(() => reading.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<IOException>()
            .With.Message.EqualTo($"{Folder["x.ko"]} is no regular file"));
    }

    /// <summary>A size is at 0x20 of a section's header (elf(5)), and the headers are at the file's end.</summary>
    [Test]
    public async Task A_module_whose_headers_promise_more_than_its_file_has_is_damaged()
    {
        var path = await ModuleAsync("x.ko");
        var content = await File.ReadAllBytesAsync(path);
        var headers = (int)BitConverter.ToUInt64(content, 0x28);
        for (var header = headers + 64; header < content.Length; header += 64)
        {
            BitConverter.TryWriteBytes(content.AsSpan(header + 0x20), 1UL << 30);
        }
        await File.WriteAllBytesAsync(path, content);
        var before = GC.GetTotalAllocatedBytes();
        Assert.That((await OfAsync(["x"], new() { ["x"] = path })).Problem,
            Is.EqualTo($"{path} is no kernel module, or is damaged"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(512 << 20), "bytes of memory");
    }

    private static Task<ModuleSet> OfAsync(
        IEnumerable<string> wanted, Dictionary<string, string> modules, IReadOnlySet<string>? builtIn = null) =>
        ModuleSet.OfAsync(
            new KernelFiles("here") { Modules = modules, BuiltIn = builtIn }, wanted, CancellationToken.None);
}
