using Harness.Kernels.Archives;
using Harness.Kernels.Debian;
using Harness.Kernels.Modules;
using Harness.Tests.Kernels.Modules;

namespace Harness.Tests.Kernels.Debian;

/// <summary>What a kernel's package has beside its image, from an archive served on this machine.</summary>
public sealed class DebianKernelFilesTests : ModuleFixture
{
    private const string Name = "linux-image-6.1.0-9-amd64";
    private const string Modules = "lib/modules/6.1.0-9-amd64";

    private readonly HttpClient _http = new();
    private TestArchive _archive = null!;
    private TestServer _server = null!;

    [OneTimeTearDown]
    public void Dispose_the_client() => _http.Dispose();

    [SetUp]
    public void Serve()
    {
        _archive = new TestArchive(null!);
        _server = new TestServer(_archive.Root);
    }

    [TearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        _archive.Dispose();
    }

    [Test]
    public async Task Modules_come_with_those_that_they_need_however_deep_and_are_kept()
    {
        var source = Source(await AddAsync());
        var files = await source.FilesAsync(["9p", "gone"], CancellationToken.None);
        Assert.That(files.Modules.Keys.Order(StringComparer.Ordinal), Is.EqualTo(["9p", "fscache", "netfs"]));
        Assert.That(files.BuiltIn, Is.EquivalentTo(["9pnet"]));
        Assert.That(File.ReadAllText(files.Configuration!), Is.EqualTo("CONFIG_9P_FS=m\n"));
        var set = await ModuleSet.OfAsync(files, ["9p"], CancellationToken.None);
        Assert.That(set.Loaded.Select(m => m.Name), Is.EqualTo(["netfs", "fscache", "9p"]));

        await _server.DisposeAsync();
        Assert.That((await source.FilesAsync(["gone", "9p"], CancellationToken.None)).Modules, Has.Count.EqualTo(3),
            "nothing is downloaded again");
        Assert.That(Directory.EnumerateFiles(Folder["cache"], "package.deb", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task What_was_not_looked_for_before_is_looked_for()
    {
        var source = Source(await AddAsync());
        Assert.That((await source.FilesAsync([], CancellationToken.None)).Modules, Is.Empty);
        Assert.That((await source.FilesAsync(["netfs"], CancellationToken.None)).Modules.Keys, Is.EqualTo(["netfs"]));
    }

    [Test]
    public async Task What_was_looked_for_in_turn_is_all_kept()
    {
        var source = Source(await AddAsync());
        await source.FilesAsync(["9p", "gone"], CancellationToken.None);
        await source.FilesAsync(["other"], CancellationToken.None);
        await _server.DisposeAsync();
        foreach (var modules in new string[][] { ["9p", "gone"], ["other"], ["other", "9p"] })
        {
            var files = await source.FilesAsync(modules, CancellationToken.None);
            Assert.That((files.Failure, string.Join(' ', files.Modules.Keys.Order(StringComparer.Ordinal))),
                Is.EqualTo(((string?)null, "9p fscache netfs other")));
        }
    }

    [Test]
    public async Task A_package_that_the_archive_has_no_more_is_told_and_a_server_that_is_away_is_a_failure()
    {
        var kernel = await AddAsync();
        File.Delete(_archive.PathOf(kernel.Places[0].Filename));
        var gone = await Source(kernel).FilesAsync(["9p"], CancellationToken.None);
        Assert.That((gone.Failure, gone.Origin, gone.Modules.Count),
            Is.EqualTo(((string?)null, "the package, which the archive does not serve any more", 0)));
        await _server.DisposeAsync();
        Assert.That((await Source(kernel).FilesAsync(["9p"], CancellationToken.None)).Failure, Is.Not.Null);
    }

    [Test]
    public async Task The_configuration_comes_with_the_image_and_costs_no_further_download()
    {
        var source = Source(await AddAsync());
        Assert.That(await source.AcquireAsync(new Progress<long>(), CancellationToken.None),
            Is.InstanceOf<Harness.Kernels.ImageResult.Available>());
        await _server.DisposeAsync();
        var files = await source.FilesAsync([], CancellationToken.None);
        Assert.That(File.ReadAllText(files.Configuration!), Is.EqualTo("CONFIG_9P_FS=m\n"));
    }

    private async Task<DebianKernel> AddAsync()
    {
        async Task<byte[]> Module(string file, string depends) =>
            await File.ReadAllBytesAsync(await ModuleAsync(file, depends));
        return await _archive.AddAsync(Name, "6.1.5-1", TestArchive.Image("good"), "boot/vmlinuz-6.1.0-9-amd64",
            further: new Dictionary<string, byte[]>
            {
                ["boot/config-6.1.0-9-amd64"] = "CONFIG_9P_FS=m\n"u8.ToArray(),
                [$"{Modules}/modules.builtin"] = "kernel/net/9p/9pnet.ko\n"u8.ToArray(),
                [$"{Modules}/kernel/fs/9p/9p.ko.xz"] = await Module("9p.ko.xz", "9pnet,fscache"),
                [$"{Modules}/kernel/fs/fscache/fscache.ko"] = await Module("fscache.ko", "netfs"),
                [$"{Modules}/kernel/fs/netfs/netfs.ko"] = await Module("netfs.ko", ""),
                [$"{Modules}/kernel/fs/other.ko"] = await Module("other.ko", ""),
                ["usr/share/9p.ko"] = "no module"u8.ToArray(),
            });
    }

    private DebianImageSource Source(DebianKernel kernel) => new(
        kernel, new ArchiveBases(_server.Address, null, "test"),
        new ArchiveClient(_http, new ArchiveOptions
        {
            Retries = new RetryPolicy { FirstWait = TimeSpan.FromMilliseconds(1) },
        }),
        new Harness.Kernels.ImageCache(Folder["cache"]));
}
