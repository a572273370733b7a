using Harness.Kernels;
using Harness.Tests.Kernels.Debian;

namespace Harness.Tests.Kernels.Sources;

/// <summary>A repository that createrepo_c makes, served on this machine, with a real kernel in it.</summary>
[Category(SourceSuite.Category)]
public sealed class RpmSourceTests
{
    private const string Version = "5.14.0";
    private const string Release = "427.13.1.el9_4";
    private const string Modules = $"lib/modules/{Version}-{Release}.x86_64";

    private SourceLab _lab = null!;
    private SigningKey _key = null!;
    private TestServer _server = null!;
    private BootImage _image = null!;
    private string _package = "";

    private string Entry =>
        $"  - rpm: {{line: el9, uri: '{_server.Address}', gpgkey: '{_key.Armoured}', package: kernel-core}}";

    [SetUp]
    public async Task Build()
    {
        _lab = new SourceLab();
        _key = await SigningKey.MakeAsync();
        _image = await RealImages.NewestAsync();
        _server = new TestServer(_lab["repository"]);
        var config = _lab.Write("config", "CONFIG_BPF_SYSCALL=y\n");
        _package = await RpmMaker.BuildAsync(_lab["repository"], "kernel-core", Version, Release,
            ($"{Modules}/config", config), ($"{Modules}/vmlinuz", _image.Path));
    }

    [TearDown]
    public async Task Remove()
    {
        await _server.DisposeAsync();
        await _key.DisposeAsync();
        _lab.Dispose();
    }

    [Test]
    [Category(SourceSuite.InCi)]
    public async Task A_kernel_of_a_signed_list_is_found_verified_taken_out_and_locked()
    {
        await RpmMaker.PublishAsync(_lab["repository"], _key);
        await AssertServedAsync();
    }

    [Test]
    [Category(SourceSuite.InCi)]
    public async Task A_list_that_another_key_signed_is_a_row_that_says_so()
    {
        await using var other = await SigningKey.MakeAsync();
        await RpmMaker.PublishAsync(_lab["repository"], other);
        var kernel = await _lab.KernelAsync(Entry);
        Assert.That(kernel.Source.Failure, Does.StartWith("BAD SIGNATURE").And.Contains("repomd.xml"));
        Assert.That(kernel.Source.StandsFor, Is.EqualTo("el9-"));
    }

    [Test]
    public async Task Without_a_signature_of_the_list_that_of_the_package_counts()
    {
        await RpmMaker.SignAsync(_package, _key);
        await RpmMaker.PublishAsync(_lab["repository"], null);
        await AssertServedAsync();
        Assert.That(await File.ReadAllTextAsync(_lab["kernels.lock.yaml"]), Does.Contain("gpgkey:"));
    }

    [Test]
    public async Task A_package_that_nobody_signed_in_a_list_that_nobody_signed_is_unavailable()
    {
        await RpmMaker.PublishAsync(_lab["repository"], null);
        Assert.That(await _lab.UnavailableAsync(Entry),
            Does.Contain("fails verification").And.Contains("nobody signed it"));
    }

    [Test]
    public async Task A_package_that_another_key_signed_is_unavailable()
    {
        await using var other = await SigningKey.MakeAsync();
        await RpmMaker.SignAsync(_package, other);
        await RpmMaker.PublishAsync(_lab["repository"], null);
        Assert.That(await _lab.UnavailableAsync(Entry), Does.Contain("fails verification").And.Contains("NOKEY"));
    }

    [Test]
    public async Task A_package_of_another_content_is_unavailable()
    {
        await RpmMaker.PublishAsync(_lab["repository"], _key);
        var bytes = await File.ReadAllBytesAsync(_package);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(_package, bytes);
        Assert.That(await _lab.UnavailableAsync(Entry),
            Does.Contain("fails verification").And.Contains("the index says"));
    }

    [Test]
    public async Task A_package_that_is_gone_is_unavailable()
    {
        await RpmMaker.PublishAsync(_lab["repository"], _key);
        File.Delete(_package);
        Assert.That(await _lab.UnavailableAsync(Entry), Does.Contain("HTTP 404"));
    }

    [Test]
    public async Task A_list_of_another_content_is_a_row_that_says_so()
    {
        await RpmMaker.PublishAsync(_lab["repository"], _key);
        var list = Directory.GetFiles(_lab["repository", "repodata"], "*-primary.xml.gz").Single();
        await File.AppendAllTextAsync(list, "x");
        Assert.That((await _lab.KernelAsync(Entry)).Source.Failure, Does.Contain("fails verification"));
    }

    [Test]
    public async Task A_package_without_an_image_is_unavailable()
    {
        File.Delete(_package);
        await RpmMaker.BuildAsync(
            _lab["repository"], "kernel-core", Version, Release, ("usr/share/doc/readme", _lab["config"]));
        await RpmMaker.PublishAsync(_lab["repository"], _key);
        Assert.That(await _lab.UnavailableAsync(Entry), Does.Contain("there is no kernel image in the package"));
    }

    [Test]
    public async Task A_directory_that_is_no_repository_is_a_row_that_says_so() => Assert.That(
        (await _lab.KernelAsync(Entry)).Source.Failure, Does.Contain("HTTP 404 for /repodata/repomd.xml"));

    private async Task AssertServedAsync()
    {
        var kernel = await _lab.KernelAsync(Entry);
        Assert.That((kernel.Id, kernel.Version, kernel.Arch, kernel.Line),
            Is.EqualTo(($"el9-{Version}-{Release}-x86_64", KernelVersion.Parse("5.14.0"), "x86_64", "el9")));
        var result = await SourceLab.AcquireAsync(kernel);
        Assert.That(result, Is.InstanceOf<ImageResult.Available>(), result.Problem);
        Assert.That(((ImageResult.Available)result).Image.Sha256, Is.EqualTo(_image.Sha256));
        var files = await kernel.Source.FilesAsync([], CancellationToken.None);
        Assert.That(await File.ReadAllTextAsync(files.Configuration!), Is.EqualTo("CONFIG_BPF_SYSCALL=y\n"));
        Assert.That((await _lab.LockedImageAsync(kernel)).Sha256, Is.EqualTo(_image.Sha256));
    }
}
