using Harness.Kernels;
using Harness.Kernels.Packages;
using Harness.Tests.Kernels.Debian;

namespace Harness.Tests.Kernels.Sources;

/// <summary>
/// Ubuntu's names of packages in a repository that reprepro makes, served on this machine, with a real kernel in it.
/// </summary>
[Category(SourceSuite.Category)]
public sealed class UbuntuSourceTests
{
    private const string Release = "5.15.0-91-generic";
    private const string Version = "5.15.0-91.101";

    private SourceLab _lab = null!;
    private SigningKey _key = null!;
    private TestServer _server = null!;
    private BootImage _image = null!;
    private string _package = "";

    private string Entry => $"  - ubuntu: {{uri: '{_server.Address}', suites: [jammy], keyring: '{_key.Armoured}'}}";

    [SetUp]
    public async Task Publish()
    {
        _lab = new SourceLab();
        _key = await SigningKey.MakeAsync();
        _image = await RealImages.NewestAsync();
        _server = new TestServer(_lab["repository"]);
        var config = _lab.Write("config", "CONFIG_BPF_SYSCALL=y\n");
        _package = await DebMaker.BuildAsync(
            _lab["debs"], $"linux-image-unsigned-{Release}", Version, ($"boot/vmlinuz-{Release}", _image.Path));
        await DebMaker.RepreproAsync(_lab["repository"], "jammy", _key, _package,
            await DebMaker.BuildAsync(
                _lab["debs"], $"linux-modules-{Release}", Version, ($"boot/config-{Release}", config)));
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
    public async Task A_kernel_is_found_verified_taken_out_and_locked()
    {
        var kernel = await _lab.KernelAsync(Entry);
        Assert.That((kernel.Id, kernel.Version, kernel.Arch),
            Is.EqualTo(($"ubuntu-{Version}-generic-amd64", KernelVersion.Parse("5.15.0"), "x86_64")));
        var result = await SourceLab.AcquireAsync(kernel);
        Assert.That(result, Is.InstanceOf<ImageResult.Available>(), result.Problem);
        Assert.That(((ImageResult.Available)result).Image.Sha256, Is.EqualTo(_image.Sha256));
        Assert.That(kernel.Source.IsCached, Is.True);
        var files = await kernel.Source.FilesAsync([], CancellationToken.None);
        Assert.That(await File.ReadAllTextAsync(files.Configuration!), Is.EqualTo("CONFIG_BPF_SYSCALL=y\n"),
            "of the package with the modules");
        Assert.That((await _lab.LockedImageAsync(kernel)).Sha256, Is.EqualTo(_image.Sha256));
    }

    [Test]
    [Category(SourceSuite.InCi)]
    public async Task What_another_key_signed_is_a_row_that_says_so()
    {
        await using var other = await SigningKey.MakeAsync();
        var kernel = await _lab.KernelAsync(Entry.Replace(_key.Armoured, other.Keyring, StringComparison.Ordinal));
        Assert.That(kernel.Source.Failure, Does.StartWith("BAD SIGNATURE").And.Contains("jammy"));
        Assert.That(kernel.Source.StandsFor, Is.EqualTo("ubuntu-"));
    }

    [Test]
    public async Task A_repository_without_a_signature_is_not_read()
    {
        File.Delete(_lab["repository", "dists/jammy/InRelease"]);
        var kernel = await _lab.KernelAsync(Entry);
        Assert.That(kernel.Source.Failure ?? (await SourceLab.AcquireAsync(kernel)).Problem,
            Does.Contain("answers HTTP 404 for /dists/jammy/InRelease"));
    }

    [Test]
    public async Task A_package_that_is_gone_is_unavailable()
    {
        Directory.Delete(_lab["repository", "pool"], recursive: true);
        Assert.That(await _lab.UnavailableAsync(Entry), Does.Contain("HTTP 404"));
    }

    [Test]
    public async Task A_package_of_another_content_is_unavailable()
    {
        var pool = Directory.GetFiles(_lab["repository", "pool"], "linux-image*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(pool);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(pool, bytes);
        Assert.That(await _lab.UnavailableAsync(Entry), Does.Contain("fails verification"));
    }

    [Test]
    public async Task A_package_without_an_image_is_unavailable()
    {
        await DebMaker.RepreproAsync(_lab["repository"], "jammy", _key, await DebMaker.BuildAsync(
            _lab["debs"], "linux-image-6.8.0-31-generic", "6.8.0-31.31", ("usr/share/doc/readme", _lab["config"])));
        Assert.That(await _lab.UnavailableAsync(Entry.Replace("keyring:", "from: '6.8', keyring:",
            StringComparison.Ordinal)), Does.Contain("there is no kernel image in the package"));
    }

    [Test]
    public async Task A_version_that_is_named_and_not_there_is_unavailable()
    {
        Assert.That(await _lab.UnavailableAsync(Entry.Replace("keyring:", "versions: [6.5.0-1.1], keyring:",
            StringComparison.Ordinal)), Does.Contain("no package of 6.5.0-1.1 is in the index"));
    }

    /// <summary>The same repository by the general key: any names of packages.</summary>
    [Test]
    public async Task Any_repository_is_read_by_a_pattern_of_its_packages()
    {
        var kernel = await _lab.KernelAsync($$"""
              - apt:
                  line: mint
                  uri: {{_server.Address}}
                  suites: [jammy]
                  keyring: {{_key.Keyring}}
                  packages: linux-image-unsigned-(?<version>[0-9.]+-[0-9]+)-generic
                  modules: linux-modules-${version}-generic
            """);
        Assert.That((kernel.Id, ((ArchiveImage)kernel.Source).Kernel.Beside.Single().Name),
            Is.EqualTo(($"mint-{Version}-amd64", $"linux-modules-{Release}")));
        var result = await SourceLab.AcquireAsync(kernel);
        Assert.That(result, Is.InstanceOf<ImageResult.Available>(), result.Problem);
    }
}
