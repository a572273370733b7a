using Harness.Kernels.Modules;

namespace Harness.Tests.Kernels.Modules;

/// <summary>Where the modules of an image that lies on this machine are looked for.</summary>
public sealed class ModuleDirectoryTests : ModuleFixture
{
    private const string Release = "6.1.0-of-a-test";

    [Test]
    public async Task An_image_in_a_build_tree_has_the_modules_of_the_tree()
    {
        Folder.Write("tree/include/config/kernel.release", Release);
        Folder.Write("tree/.config", "CONFIG_9P_FS=m\n");
        Folder.Write("tree/modules.order", "fs/9p/9p.o\nnet/9p/9pnet-x.ko\nfs/gone.o\n");
        Folder.Write("tree/modules.builtin", "kernel/fs/overlayfs/overlay.ko\n");
        await ModuleAsync("tree/fs/9p/9p.ko");
        await ModuleAsync("tree/net/9p/9pnet-x.ko");
        var files = ModuleDirectory.Of(Folder["tree/arch/x86/boot/bzImage"], null);
        Assert.That(files.Modules.OrderBy(m => m.Key).Select(m => (m.Key, Path.GetRelativePath(Folder.Path, m.Value))),
            Is.EqualTo([("9p", "tree/fs/9p/9p.ko"), ("9pnet_x", "tree/net/9p/9pnet-x.ko")]));
        Assert.That(files.BuiltIn, Is.EquivalentTo(["overlay"]));
        Assert.That(files.Configuration, Is.EqualTo(Folder["tree/.config"]));
    }

    [Test]
    public async Task An_installed_image_has_the_modules_of_its_release_beside_its_directory()
    {
        Folder.Write("root/boot/config-" + Release, "");
        Folder.Write($"root/lib/modules/{Release}/modules.order", "kernel/fs/9p/9p.ko\n");
        await ModuleAsync($"root/lib/modules/{Release}/kernel/fs/9p/9p.ko.xz");
        var files = ModuleDirectory.Of(Folder["root/boot/vmlinuz-" + Release], Release);
        Assert.That(files.Modules.Keys, Is.EqualTo(["9p"]));
        Assert.That((files.Origin, files.BuiltIn, files.Configuration), Is.EqualTo(
            (Folder["root/lib/modules", Release], (IReadOnlySet<string>?)null,
                Folder["root/boot/config-" + Release])));
    }

    [TestCase(Release, $"/lib/modules/{Release}, of this machine or beside DIR")]
    [TestCase(null, "DIR, and its image does not say its release")]
    public void Where_there_are_none_it_is_said_where_they_were_looked_for(string? release, string origin)
    {
        var files = ModuleDirectory.Of(Folder["bzImage"], release);
        Assert.That((files.Modules.Count, files.BuiltIn), Is.EqualTo((0, (IReadOnlySet<string>?)null)));
        Assert.That(files.Origin.Replace(Folder.Path, "DIR", StringComparison.Ordinal), Is.EqualTo(origin));
    }
}
