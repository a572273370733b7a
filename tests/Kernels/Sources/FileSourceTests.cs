using CliWrap;
using Harness.Kernels;
using Harness.Processes;
using Harness.Tests.Kernels.Debian;
using Harness.Yaml;

namespace Harness.Tests.Kernels.Sources;

/// <summary>A real kernel in files of every kind, on this machine and served.</summary>
[Category(SourceSuite.Category)]
public sealed class FileSourceTests
{
    private SourceLab _lab = null!;
    private BootImage _image = null!;

    [SetUp]
    public async Task Fetch_a_kernel()
    {
        _lab = new SourceLab();
        _image = await RealImages.NewestAsync();
    }

    [TearDown]
    public void Remove() => _lab.Dispose();

    [TestCase("kernel.deb", "file")]
    [TestCase("kernel.rpm", "file")]
    [TestCase("kernel.tar.xz", "file")]
    [TestCase("kernel.tar", "image")]
    [TestCase("kernel.deb", "image")]
    [TestCase("bzImage", "file")]
    public async Task A_kernel_is_taken_out_of_a_file_and_locked(string name, string key)
    {
        await MakeAsync(name);
        await AssertTakenAsync($"  - {key}: {name}", name);
    }

    [Test]
    public async Task A_file_elsewhere_has_the_hash_that_the_matrix_says()
    {
        await MakeAsync("kernel.deb");
        await using var server = new TestServer(_lab.Path);
        var right = await Hashes.Sha256OfFileAsync(_lab["kernel.deb"], CancellationToken.None);
        await AssertTakenAsync($"  - {{file: '{server.Address}kernel.deb', sha256: '{right}'}}", "kernel.deb");
        Assert.That(await _lab.UnavailableAsync(
            $"  - {{file: '{server.Address}kernel.deb', sha256: '{new string('0', 64)}'}}"),
            Does.Contain("fails verification").And.Contains(right));
        Assert.That(await _lab.UnavailableAsync(
            $"  - {{file: '{server.Address}gone.deb', sha256: '{new string('1', 64)}'}}"), Does.Contain("HTTP 404"));
    }

    [Test]
    public async Task A_file_here_has_the_hash_that_the_matrix_says()
    {
        await MakeAsync("kernel.deb");
        Assert.That(await _lab.UnavailableAsync($"  - {{file: kernel.deb, sha256: '{new string('0', 64)}'}}"),
            Does.Contain("fails verification"));
    }

    [Test]
    public async Task A_file_that_has_no_kernel_is_unavailable()
    {
        await DebMaker.BuildAsync(_lab.Path, "doc", "1", ("usr/share/doc/readme", _lab.Write("readme", "text")));
        Assert.That(await _lab.UnavailableAsync("  - file: doc_1_amd64.deb"),
            Does.Contain("there is no kernel image in the package"));
        Assert.That(await _lab.UnavailableAsync("  - file: readme"), Does.Contain("is no kernel image"));
        Assert.That(await _lab.UnavailableAsync("  - file: gone"), Does.Contain("no such file"));
        var noise = Enumerable.Range(0, 4096).Select(i => (byte)(i * 7 % 251)).ToArray();
        await File.WriteAllBytesAsync(_lab["noise"], noise);
        Assert.That(await _lab.UnavailableAsync("  - file: noise"), Does.Contain("it is no .deb, .rpm or .tar.*"));
        noise[0] = 0x1f;
        noise[1] = 0x8b;
        await File.WriteAllBytesAsync(_lab["noise.tar.gz"], noise);
        Assert.That(await _lab.UnavailableAsync("  - file: noise.tar.gz"), Does.Contain("fails verification"));
    }

    [TestCase("{file: 'https://host.invalid/a.deb'}", "2:12", "needs sha256")]
    [TestCase("{file: a.deb, sha256: abc}", "2:27", "64 hexadecimal digits")]
    [TestCase("{file: 'https:///a.deb', sha256: x}", "2:38", "64 hexadecimal digits")]
    [TestCase("{file: 'a b?.deb'}", "2:12", "cannot be a kernel's id")]
    public void What_a_file_may_not_be_is_told_with_its_place(string entry, string place, string words)
    {
        var error = Assert.Throws<YamlFileException>(() => _lab.Load($"  - {entry}"))!;
        Assert.That(error.Message, Does.Contain($"kernels.yaml:{place}: ").And.Contains(words));
    }

    private async Task AssertTakenAsync(string entry, string name)
    {
        var kernel = await _lab.KernelAsync(entry);
        Assert.That((kernel.Id, kernel.Arch), Is.EqualTo((name, "x86_64")));
        var result = await SourceLab.AcquireAsync(kernel);
        Assert.That(result, Is.InstanceOf<ImageResult.Available>(), result.Problem);
        Assert.That(((ImageResult.Available)result).Image.Sha256, Is.EqualTo(_image.Sha256));
        Assert.That((await _lab.LockedImageAsync(kernel)).Sha256, Is.EqualTo(_image.Sha256));
    }

    private async Task MakeAsync(string name)
    {
        const string Inside = "boot/vmlinuz-6.1.0-test";
        switch (Path.GetExtension(name))
        {
            case ".deb":
                File.Move(await DebMaker.BuildAsync(_lab["made"], "kernel", "1", (Inside, _image.Path)), _lab[name]);
                break;
            case ".rpm":
                File.Move(
                    await RpmMaker.BuildAsync(_lab["made"], "kernel", "1", "1", (Inside, _image.Path)), _lab[name]);
                break;
            case "":
                _lab.Copy(_image.Path, name);
                break;
            default:
                _lab.Copy(_image.Path, Path.Combine("tree", Inside));
                await new Command("tar").WithArguments(["-caf", _lab[name], "-C", _lab["tree"], "."])
                    .RunAsync(CancellationToken.None);
                break;
        }
    }
}
