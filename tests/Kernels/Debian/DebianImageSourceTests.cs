using Harness.Kernels;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

/// <summary>From a package in a pool to an image in the cache, with everything that can go wrong between them.</summary>
public sealed class DebianImageSourceTests
{
    private const string Package = "linux-image-6.1.0-9-cloud-amd64";

    private readonly HttpClient _http = new();
    private TestArchive _archive = null!;
    private TestServer _server = null!;
    private string _cache = "";

    [OneTimeTearDown]
    public void DisposeClient() => _http.Dispose();

    [SetUp]
    public void Serve()
    {
        _cache = Directory.CreateTempSubdirectory("cache").FullName;
        _archive = new TestArchive(null!);
        _server = new TestServer(_archive.Root);
    }

    [TearDown]
    public async Task Remove()
    {
        await _server.DisposeAsync();
        _archive.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [TestCase("linux-image-6.1.0-9-cloud-amd64", "6.1.5-1", "boot/vmlinuz-6.1.0-9-cloud-amd64")]
    [TestCase("linux-binary-7.2.13+deb14-cloud-amd64", "7.2.13-1~exp1+b1", "usr/lib/modules/7.2.13+deb14-cloud-amd64/vmlinuz")]
    public async Task The_image_of_either_generation_is_taken_out_and_cached(string package, string version, string path)
    {
        var source = Source(await _archive.AddAsync(package, version, TestArchive.Image("good"), path));
        Assert.That(source.IsCached, Is.False);

        var first = await AcquireAsync(source);
        Assert.That(first, Is.InstanceOf<ImageResult.Available>().With.Property("FromCache").False);
        var image = ((ImageResult.Available)first).Image;
        Assert.That(await File.ReadAllBytesAsync(image.Path), Is.EqualTo(TestArchive.Image("good")));
        Assert.That(source.IsCached, Is.True);

        Assert.That(await AcquireAsync(source), Is.EqualTo(new ImageResult.Available(image, FromCache: true)));
        Assert.That(_server.Requests, Has.Count.EqualTo(1));
        AssertNoLitter(images: 1);
    }

    [Test]
    public async Task Progress_is_told_in_bytes()
    {
        var kernel = await AddAsync();
        var told = new List<long>();
        await Source(kernel).AcquireAsync(new InlineProgress(told.Add), CancellationToken.None);
        Assert.That(told, Is.Ordered.And.Not.Empty);
        Assert.That(told[^1], Is.EqualTo(kernel.Size));
    }

    [Test]
    public async Task A_package_of_another_hash_is_refused()
    {
        var kernel = await AddAsync();
        var bytes = await File.ReadAllBytesAsync(_archive.PathOf(kernel.Places[0].Filename));
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(_archive.PathOf(kernel.Places[0].Filename), bytes);
        await AssertUnavailableAsync(kernel, "fails verification", notServed: false);
    }

    [Test]
    public async Task More_bytes_than_the_index_says_are_not_even_received()
    {
        var kernel = await AddAsync();
        await using (var file = File.OpenWrite(_archive.PathOf(kernel.Places[0].Filename)))
        {
            file.SetLength(8 << 20);
        }
        await AssertUnavailableAsync(kernel, "fails verification: more than", notServed: false);
    }

    [Test]
    public async Task A_package_that_is_nowhere_is_not_served()
    {
        var kernel = await AddAsync();
        File.Delete(_archive.PathOf(kernel.Places[0].Filename));
        await AssertUnavailableAsync(kernel, "HTTP 404", notServed: true);
        Assert.That(await Source(kernel).IsServedAsync(CancellationToken.None), Is.False);
        Assert.That(_server.Requests, Has.Count.EqualTo(2), "a missing file is not asked for again");
    }

    [Test]
    public async Task A_package_missing_in_one_place_is_taken_from_another()
    {
        var kernel = await AddAsync();
        kernel = kernel with { Places = [new ArchivePlace("bookworm", ArchiveBase.Main, "pool/gone.deb"), .. kernel.Places] };
        Assert.That(await AcquireAsync(Source(kernel)), Is.InstanceOf<ImageResult.Available>());
        Assert.That(await Source(kernel).IsServedAsync(CancellationToken.None), Is.True);
    }

    [Test]
    public async Task A_security_package_cannot_be_had_without_a_security_archive()
    {
        var kernel = await AddAsync();
        kernel = kernel with { Places = [kernel.Places[0] with { Base = ArchiveBase.Security }] };
        await AssertUnavailableAsync(kernel, "no archive is known that has it", notServed: false);
    }

    [Test]
    public async Task A_download_that_breaks_off_is_tried_again()
    {
        var kernel = await AddAsync();
        var failures = 2;
        _server.Interfere = async (context, _) =>
        {
            if (failures-- <= 0)
            {
                return false;
            }
            await TestServer.BreakOffAsync(context, kernel.Size, new byte[100]);
            return true;
        };
        Assert.That(await AcquireAsync(Source(kernel)), Is.InstanceOf<ImageResult.Available>());
        Assert.That(_server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_download_that_always_breaks_off_is_given_up()
    {
        var kernel = await AddAsync();
        _server.Interfere = async (context, _) =>
        {
            await TestServer.BreakOffAsync(context, kernel.Size, new byte[100]);
            return true;
        };
        await AssertUnavailableAsync(kernel, "", notServed: false);
        Assert.That(_server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        var kernel = await AddAsync();
        _server.Interfere = async (_, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
            return true;
        };
        await AssertUnavailableAsync(kernel, "nothing received from 127.0.0.1", notServed: false, stall: TimeSpan.FromMilliseconds(100));
    }

    [Test]
    public async Task A_file_that_is_no_package_is_refused()
    {
        await File.WriteAllBytesAsync(_archive.PathOf("garbage.deb"), new byte[5000]);
        await AssertUnavailableAsync(_archive.List(Package, "6.1.5-1", "garbage.deb"), "fails verification: `dpkg-deb", notServed: false);
    }

    [Test]
    public async Task A_package_without_an_image_is_refused() =>
        await AssertUnavailableAsync(await _archive.AddAsync(Package, "6.1.5-1", TestArchive.Image("x"), "boot/System.map"), "no kernel image in the package", notServed: false);

    [Test]
    public async Task An_image_that_is_no_kernel_is_refused() =>
        await AssertUnavailableAsync(await _archive.AddAsync(Package, "6.1.5-1", new byte[5000]), "is no kernel image", notServed: false);

    [Test]
    public async Task Two_at_once_download_once()
    {
        var kernel = await AddAsync();
        _server.Interfere = async (_, _) =>
        {
            await Task.Delay(200);
            return false;
        };
        var results = await Task.WhenAll(AcquireAsync(Source(kernel)), AcquireAsync(Source(kernel)), AcquireAsync(Source(kernel)));
        Assert.That(results, Is.All.InstanceOf<ImageResult.Available>());
        Assert.That(results.Count(r => !((ImageResult.Available)r).FromCache), Is.EqualTo(1));
        Assert.That(_server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_damaged_image_is_fetched_anew(bool sameSize)
    {
        var source = Source(await AddAsync());
        var image = ((ImageResult.Available)await AcquireAsync(source)).Image;
        await File.WriteAllBytesAsync(image.Path, sameSize ? TestArchive.Image("bad") : [1, 2, 3]);
        Assert.That(source.IsCached, Is.EqualTo(sameSize), "a listing looks at the size alone");
        Assert.That(await AcquireAsync(source), Is.EqualTo(new ImageResult.Available(image, FromCache: false)));
        Assert.That(await File.ReadAllBytesAsync(image.Path), Is.EqualTo(TestArchive.Image("good")));
    }

    [Test]
    public async Task What_a_killed_harness_left_is_no_obstacle()
    {
        var kernel = await AddAsync();
        var partial = Path.Combine(_cache, "images", kernel.Sha256 + ".partial");
        Directory.CreateDirectory(partial);
        await File.WriteAllTextAsync(Path.Combine(partial, "vmlinuz"), "half");
        Assert.That(await AcquireAsync(Source(kernel)), Is.InstanceOf<ImageResult.Available>());
        AssertNoLitter(images: 1);
    }

    [Test]
    public async Task A_cache_that_cannot_be_written_is_our_failure()
    {
        var kernel = await AddAsync();
        await File.WriteAllTextAsync(Path.Combine(_cache, "images"), "in the way");
        Assert.That(await AcquireAsync(Source(kernel)), Is.InstanceOf<ImageResult.Failed>().With.Property("Reason").Contains(_cache));
    }

    [Test]
    public async Task A_cancelled_download_leaves_nothing()
    {
        var kernel = await AddAsync();
        using var cancellation = new CancellationTokenSource();
        _server.Interfere = async (_, _) =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(TimeSpan.FromSeconds(5));
            return true;
        };
        Assert.That(async () => await Source(kernel).AcquireAsync(new Progress<long>(), cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        AssertNoLitter(images: 0);
    }

    private Task<DebianKernel> AddAsync() => _archive.AddAsync(Package, "6.1.5-1", TestArchive.Image("good"));

    private DebianImageSource Source(DebianKernel kernel, TimeSpan? stall = null)
    {
        var options = new ArchiveOptions { RetryDelay = TimeSpan.FromMilliseconds(1), StallTimeout = stall ?? TimeSpan.FromSeconds(10) };
        return new DebianImageSource(
            kernel, new ArchiveBases(_server.Address, null, "test"), new ArchiveClient(_http, options), new ImageCache(_cache));
    }

    private static Task<ImageResult> AcquireAsync(DebianImageSource source) => source.AcquireAsync(new Progress<long>(), CancellationToken.None);

    private async Task AssertUnavailableAsync(DebianKernel kernel, string reason, bool notServed, TimeSpan? stall = null)
    {
        var result = await AcquireAsync(Source(kernel, stall));
        Assert.That(result, Is.InstanceOf<ImageResult.Unavailable>());
        Assert.That(((ImageResult.Unavailable)result).Reason, Does.Contain(reason));
        Assert.That(((ImageResult.Unavailable)result).NotServed, Is.EqualTo(notServed));
        AssertNoLitter(images: 0);
    }

    /// <summary>Of each image two files, and nothing else; the locks stay.</summary>
    private void AssertNoLitter(int images)
    {
        var directory = Path.Combine(_cache, "images");
        var files = Directory.Exists(directory) ? Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories) : [];
        Assert.That(files.Select(Path.GetFileName).Where(name => name!.Contains('.', StringComparison.Ordinal)), Is.EqualTo(Enumerable.Repeat("image.json", images)));
        Assert.That(files, Has.Length.EqualTo(3 * images));
    }

    private sealed class InlineProgress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
