using Harness.Tests.Support;
using Harness.Yaml;

namespace Harness.Tests.Kernels.Sources;

/// <summary>Trees, directories of images and installed kernels, of small files that pass for images.</summary>
public sealed class DirectorySourceTests
{
    private SourceLab _lab = null!;

    [SetUp]
    public void Make() => _lab = new SourceLab();

    [TearDown]
    public void Remove() => _lab.Dispose();

    [Test]
    public async Task A_tree_that_is_built_is_one_kernel()
    {
        _lab.Write("linux/include/config/kernel.release", "6.1.5-mine\n");
        Image("linux/arch/x86/boot/bzImage");
        Assert.That(await IdsAsync("  - dir: linux"), Is.EqualTo(new[] { "linux-6.1.5-mine" }));
        Assert.That(await IdsAsync("  - {dir: linux, name: mine}"), Is.EqualTo(new[] { "mine" }));
        var kernel = await _lab.KernelAsync("  - dir: linux");
        Assert.That((await _lab.LockedImageAsync(kernel)).Path, Is.EqualTo(_lab["linux/arch/x86/boot/bzImage"]));
    }

    /// <summary>Each build leaves a vmlinux, too, which only some machines boot.</summary>
    [Test]
    public async Task A_tree_of_another_machine_has_the_image_that_is_installed()
    {
        _lab.Write("linux/include/config/kernel.release", "6.1.5-mine\n");
        _lab.Write("linux/arch/arm64/boot/Image", "");
        File.WriteAllBytes(_lab["linux/arch/arm64/boot/Image"], FlatImageSample.Of("6.1.5-mine (a@b)"));
        File.WriteAllBytes(_lab["linux/vmlinux"], ElfSample.Of(ElfSample.Note("GNU\0", 1), instructions: 183));
        var kernel = await _lab.KernelAsync("  - dir: linux");
        Assert.That((kernel.Arch, (await _lab.LockedImageAsync(kernel)).Path),
            Is.EqualTo(("aarch64", _lab["linux/arch/arm64/boot/Image"])));
    }

    [Test]
    public async Task A_directory_has_a_kernel_for_each_image()
    {
        Image("images/vmlinuz-6.1");
        Image("images/anything");
        _lab.Write("images/initrd.img-6.1", "no kernel");
        Assert.That(await IdsAsync("  - dir: images"), Is.EquivalentTo(new[] { "vmlinuz-6.1", "anything" }));
        Assert.That(await IdsAsync("  - {dir: images, name: lab}"),
            Is.EquivalentTo(new[] { "lab-vmlinuz-6.1", "lab-anything" }));
    }

    [Test]
    public async Task A_pattern_tells_images_of_one_name_apart()
    {
        Image("builds/a/bzImage");
        Image("builds/b/bzImage");
        Assert.That(await IdsAsync("  - dir: builds/*/bzImage"), Is.EquivalentTo(new[] { "a-bzImage", "b-bzImage" }));
    }

    [Test]
    public async Task What_is_named_as_an_image_and_is_none_is_unavailable()
    {
        _lab.Write("images/vmlinuz-6.1", "text");
        Assert.That(await _lab.UnavailableAsync("  - dir: images"), Does.Contain("is no kernel image"));
    }

    [TestCase("dir: gone", "no such directory")]
    [TestCase("dir: empty", "no kernel image is there")]
    [TestCase("dir: 'empty/*'", "no kernel image is there")]
    [TestCase("{installed: '*', root: empty}", "no kernel * is installed in")]
    public async Task A_place_without_kernels_is_told(string entry, string words)
    {
        _lab.Write("empty/readme", "text");
        var error = await Assert.ThrowsAsync<YamlFileException>(() => _lab.ResolveAsync($"  - {entry}"));
        Assert.That(error!.Message, Does.Contain("kernels.yaml:2:5: ").And.Contains(words));
    }

    [Test]
    public async Task Installed_kernels_are_in_boot_or_beside_their_modules()
    {
        Image("root/boot/vmlinuz-6.1.0-9-amd64");
        Image("root/lib/modules/7.2.1/vmlinuz");
        Image("root/boot/vmlinuz-7.2.1");
        Assert.That(await IdsAsync("  - {installed: '*', root: root}"),
            Is.EqualTo(new[] { "installed-6.1.0-9-amd64", "installed-7.2.1" }));
        Assert.That(await IdsAsync("  - {installed: '7.*', root: root}"), Is.EqualTo(new[] { "installed-7.2.1" }));
        var kernel = await _lab.KernelAsync("  - {installed: '7.*', root: root}");
        Assert.That((await _lab.LockedImageAsync(kernel)).Path, Is.EqualTo(_lab["root/boot/vmlinuz-7.2.1"]));
    }

    [Test]
    public async Task The_kernel_that_runs_can_be_named()
    {
        var release = (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease")).Trim();
        Image($"root/boot/vmlinuz-{release}");
        Image("root/boot/vmlinuz-0.1");
        Assert.That(await IdsAsync("  - {installed: running, root: root}"), Has.Length.EqualTo(1));
    }

    [TestCase("{dir: images, line: el9}", "el9")]
    [TestCase("{dir: images, line: upstream}", null)]
    [TestCase("{dir: images}", null)]
    [TestCase("{installed: '*', root: root, line: ubuntu}", "ubuntu")]
    [TestCase("{image: images/vmlinuz-6.1, line: el9}", "el9")]
    [TestCase("{file: images/vmlinuz-6.1, line: el9}", "el9")]
    public async Task A_kernel_has_the_line_that_its_entry_says_and_a_lock_keeps_it(string entry, string? line)
    {
        Image("images/vmlinuz-6.1");
        Image("root/boot/vmlinuz-6.1");
        var kernel = await _lab.KernelAsync($"  - {entry}");
        Assert.That(kernel.Line, Is.EqualTo(line));
        await _lab.LockedImageAsync(kernel);
    }

    private async Task<string[]> IdsAsync(string entry) =>
        [.. (await _lab.ResolveAsync(entry)).Kernels.Select(planned => planned.Kernel.Id)];

    private void Image(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_lab[name])!);
        StubKernel.Hanging(_lab[name]);
    }
}
