using Harness.Kernels;
using Harness.Kernels.Archives;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

/// <summary>A pool served on this machine, and an empty cache: anew for every test.</summary>
public abstract class ImageSourceFixture
{
    private protected const string Package = "linux-image-6.1.0-9-cloud-amd64";

    private readonly HttpClient _http = new();

    private protected TestArchive Archive { get; private set; } = null!;

    private protected TestServer Server { get; private set; } = null!;

    private protected string Cache { get; private set; } = "";

    [OneTimeTearDown]
    public void DisposeClient() => _http.Dispose();

    [SetUp]
    public void Serve()
    {
        Cache = Directory.CreateTempSubdirectory("cache").FullName;
        Archive = new TestArchive(null!);
        Server = new TestServer(Archive.Root);
    }

    [TearDown]
    public async Task Remove()
    {
        await Server.DisposeAsync();
        Archive.Dispose();
        Directory.Delete(Cache, recursive: true);
    }

    private protected Task<DebianKernel> AddAsync() => Archive.AddAsync(Package, "6.1.5-1", TestArchive.Image("good"));

    private protected DebianImageSource Source(
        DebianKernel kernel, TimeSpan? stall = null, TimeSpan? whole = null)
    {
        var options = new ArchiveOptions
        {
            Retries = new RetryPolicy { FirstWait = TimeSpan.FromMilliseconds(1) },
            StallTimeout = stall ?? TimeSpan.FromSeconds(10),
            DownloadTimeout = whole ?? TimeSpan.FromSeconds(60),
        };
        return new DebianImageSource(
            kernel, new ArchiveBases(Server.Address, null, "test"), new ArchiveClient(_http, options),
            new ImageCache(Cache));
    }

    private protected static Task<ImageResult> AcquireAsync(DebianImageSource source) =>
        source.AcquireAsync(new Progress<long>(), CancellationToken.None);

    private protected async Task AssertUnavailableAsync(DebianKernel kernel, string reason, bool notServed,
        TimeSpan? stall = null, TimeSpan? whole = null)
    {
        var result = await AcquireAsync(Source(kernel, stall, whole));
        Assert.That(result, Is.InstanceOf<ImageResult.Unavailable>());
        Assert.That(((ImageResult.Unavailable)result).Reason, Does.Contain(reason));
        Assert.That(((ImageResult.Unavailable)result).NotServed, Is.EqualTo(notServed));
        AssertNoLitter(images: 0);
    }

    /// <summary>Of each image two files, and nothing else; the locks stay.</summary>
    private protected void AssertNoLitter(int images)
    {
        var directory = Path.Combine(Cache, "images");
        var files = Directory.Exists(directory)
            ? Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories)
            : [];
        Assert.That(files.Select(Path.GetFileName).Where(name => name!.Contains('.', StringComparison.Ordinal)),
            Is.EqualTo(Enumerable.Repeat("image.json", images)));
        Assert.That(files, Has.Length.EqualTo(3 * images));
    }

    private protected sealed class InlineProgress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
