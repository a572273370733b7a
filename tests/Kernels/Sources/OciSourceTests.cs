using System.Text.Json;
using CliWrap;
using Harness.Kernels;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels.Sources;

/// <summary>Images of containers with a real kernel, in the layouts that people publish.</summary>
[Category(SourceSuite.Category)]
[NonParallelizable] // One test sets a variable that skopeo reads.
public sealed class OciSourceTests
{
    private SourceLab _lab = null!;
    private BootImage _image = null!;

    [SetUp]
    public async Task Fetch_a_kernel()
    {
        _lab = new SourceLab();
        _image = await RealImages.NewestAsync();
        // Whatever this machine has set up, the tests take unsigned images.
        _lab.Write("policy.json", """{"default": [{"type": "insecureAcceptAnything"}]}""");
    }

    [TearDown]
    public void Remove() => _lab.Dispose();

    [TestCase("boot/vmlinuz")]
    [TestCase("boot/vmlinuz-6.1.0-9")]
    [TestCase("data/kernels/6.1/boot/vmlinuz-6.1.0-9")]
    [TestCase("usr/lib/modules/6.1.0-9/vmlinuz")]
    public async Task A_kernel_is_taken_out_of_each_layout_and_locked(string path)
    {
        await MakeAsync("kernels", path);
        var kernel = await _lab.KernelAsync(Entry("oci:kernels:6.1"));
        Assert.That((kernel.Id, kernel.Arch), Is.EqualTo(("kernels-6.1", "x86_64")));
        await AssertTakenAsync(kernel);
    }

    [Test]
    public async Task A_registry_serves_one_by_its_digest()
    {
        await MakeAsync("kernels", "boot/vmlinuz");
        await using var registry = await Registry.StartAsync(_lab);
        await registry.PushAsync($"oci:{_lab["kernels"]}:6.1", "kernels:6.1");
        var kernel = await _lab.KernelAsync(Entry($"{registry.Address}/kernels:6.1"));
        await AssertTakenAsync(kernel);
        Assert.That(await File.ReadAllTextAsync(_lab["kernels.lock.yaml"]), Does.Contain("digest: sha256:"));
        Assert.That(await _lab.UnavailableAsync(Entry($"{registry.Address}/kernels:gone")), Does.Contain("unknown"));
    }

    [Test]
    public async Task A_layout_that_is_not_known_is_unavailable()
    {
        await MakeAsync("kernels", "opt/kernel.bin");
        Assert.That(await _lab.UnavailableAsync(Entry("oci:kernels:6.1")),
            Does.Contain("there is no kernel image in it"));
    }

    [Test]
    public async Task Of_several_kernels_one_is_chosen_by_its_path()
    {
        await MakeAsync("kernels", "boot/vmlinuz-6.1", "boot/vmlinuz-6.2");
        Assert.That(await _lab.UnavailableAsync(Entry("oci:kernels:6.1")),
            Does.Contain("boot/vmlinuz-6.1, boot/vmlinuz-6.2"));
        await AssertTakenAsync(await _lab.KernelAsync(Entry("oci:kernels:6.1", ", path: '*6.2'")));
    }

    [Test]
    public async Task An_image_that_changed_since_it_was_locked_is_unavailable()
    {
        await MakeAsync("kernels", "boot/vmlinuz");
        var kernel = await _lab.KernelAsync(Entry("oci:kernels:6.1"));
        await AssertTakenAsync(kernel);
        await MakeAsync("kernels", "boot/vmlinuz-changed");
        var pinned = new KernelLockFile(KernelSources.Default).Read(_lab["kernels.lock.yaml"]);
        Assert.That(await _lab.UnlockedProblemAsync(pinned), Does.Contain("fails verification"));
    }

    [Test]
    public async Task A_policy_that_takes_no_unsigned_image_is_kept()
    {
        await MakeAsync("kernels", "boot/vmlinuz");
        _lab.Write("policy.json", """{"default": [{"type": "reject"}]}""");
        Assert.That(await _lab.UnavailableAsync(Entry("oci:kernels:6.1")), Does.Contain("fails verification"));
    }

    [Test]
    public async Task A_layer_of_another_content_is_unavailable()
    {
        await MakeAsync("kernels", "boot/vmlinuz");
        var largest = new DirectoryInfo(_lab["kernels", "blobs", "sha256"]).GetFiles().MaxBy(file => file.Length)!;
        await using (var layer = largest.OpenWrite())
        {
            layer.Position = layer.Length / 2;
            layer.Write("damage"u8);
        }
        Assert.That(await _lab.UnavailableAsync(Entry("oci:kernels:6.1")), Does.Contain("fails verification"));
    }

    private static string Entry(string image, string further = "") =>
        $"  - oci: {{image: '{image}', policy: policy.json{further}}}";

    private async Task AssertTakenAsync(Kernel kernel)
    {
        var result = await SourceLab.AcquireAsync(kernel);
        Assert.That(result, Is.InstanceOf<ImageResult.Available>(), result.Problem);
        Assert.That(((ImageResult.Available)result).Image.Sha256, Is.EqualTo(_image.Sha256));
        Assert.That(kernel.Source.IsCached, Is.True);
        Assert.That((await _lab.LockedImageAsync(kernel)).Sha256, Is.EqualTo(_image.Sha256));
    }

    /// <summary>
    /// An image of one layer, as skopeo's transport dir has it, copied into a layout by skopeo itself.
    /// </summary>
    private async Task MakeAsync(string layout, params string[] paths)
    {
        using var made = new TemporaryDirectory();
        foreach (var path in paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(made["tree", path])!);
            File.Copy(_image.Path, made["tree", path]);
        }
        await new Command("tar").WithArguments(["-czf", made["layer"], "-C", made["tree"], "."])
            .RunAsync(CancellationToken.None);
        made.Write("configuration", """{"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers"}}""");
        Directory.CreateDirectory(made["image"]);
        var manifest = JsonSerializer.Serialize(new
        {
            schemaVersion = 2,
            mediaType = "application/vnd.oci.image.manifest.v1+json",
            config = await BlobAsync("configuration", "application/vnd.oci.image.config.v1+json"),
            layers = new[] { await BlobAsync("layer", "application/vnd.oci.image.layer.v1.tar+gzip") },
        });
        made.Write("image/manifest.json", manifest);
        made.Write("image/version", "Directory Transport Version: 1.1\n");
        await Registry.Skopeo("copy", $"dir:{made["image"]}", $"oci:{_lab[layout]}:6.1")
            .RunAsync(CancellationToken.None);

        async Task<object> BlobAsync(string name, string type)
        {
            var hash = await Hashes.Sha256OfFileAsync(made[name], CancellationToken.None);
            File.Copy(made[name], made["image", hash]);
            return new { mediaType = type, digest = $"sha256:{hash}", size = new FileInfo(made[name]).Length };
        }
    }
}
