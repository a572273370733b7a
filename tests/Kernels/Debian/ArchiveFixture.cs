using Harness.Kernels;
using Harness.Kernels.Archives;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

/// <summary>
/// A small archive with a key of its own, served on this machine, and an empty cache: anew for every test.
/// </summary>
public abstract class ArchiveFixture
{
    private protected const string Package = "linux-image-6.1.0-9-cloud-amd64";
    private protected const string InRelease = "dists/bookworm/InRelease";
    private protected const string Packages = "dists/bookworm/main/binary-amd64/Packages.xz";

    private protected HttpClient Http { get; } = new();

    private protected ManualClock Clock { get; } = new();

    private protected SigningKey Key { get; private set; } = null!;

    private protected TestArchive Archive { get; private set; } = null!;

    private protected TestServer Server { get; private set; } = null!;

    private protected string Cache { get; private set; } = "";

    [OneTimeSetUp]
    public async Task MakeKey() => Key = await SigningKey.MakeAsync();

    [OneTimeTearDown]
    public async Task RemoveKey()
    {
        await Key.DisposeAsync();
        Http.Dispose();
    }

    [SetUp]
    public async Task Publish()
    {
        Cache = Directory.CreateTempSubdirectory("cache").FullName;
        Archive = new TestArchive(Key);
        Server = new TestServer(Archive.Root);
        await Archive.AddAsync(Package, "6.1.5-1", TestArchive.Image("6.1.5"));
        await Archive.PublishAsync();
    }

    [TearDown]
    public async Task Remove()
    {
        await Server.DisposeAsync();
        Archive.Dispose();
        Directory.Delete(Cache, recursive: true);
    }

    private protected async Task<ArchiveIndex> ReadAsync(
        string[]? suites = null, bool refresh = false, string architecture = "amd64", ArchiveBases? bases = null,
        string? keyring = null)
    {
        var options = new ArchiveOptions
        {
            Keyring = keyring ?? Key.Keyring,
            Retries = new RetryPolicy { FirstWait = TimeSpan.FromMilliseconds(1) },
        };
        var archive = new DebianArchive(
            bases ?? new ArchiveBases(Server.Address, null, "test"), Http, new ImageCache(Cache), options, Clock);
        return await archive.ReadAsync(suites ?? ["bookworm"], architecture, refresh, CancellationToken.None);
    }

    private protected async Task EditAsync(string file, Func<string, string> edit) =>
        await File.WriteAllTextAsync(Archive.PathOf(file), edit(await File.ReadAllTextAsync(Archive.PathOf(file))));

    private protected static void AssertLeftOut(ArchiveIndex index, string reason)
    {
        Assert.That(index.Packages, Is.Empty);
        Assert.That(index.Notes.Single(), Has.Property("LeftOut").True.And.Property("Text").Contains(reason));
    }

    private protected sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
