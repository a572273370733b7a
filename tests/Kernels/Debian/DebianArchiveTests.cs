using System.Net;
using Harness.Kernels;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

/// <summary>From the keyring to the kernel's stanza, against a small archive with a key of its own.</summary>
public sealed class DebianArchiveTests
{
    private const string Package = "linux-image-6.1.0-9-cloud-amd64";
    private const string InRelease = "dists/bookworm/InRelease";
    private const string Packages = "dists/bookworm/main/binary-amd64/Packages.xz";

    private readonly HttpClient _http = new();
    private readonly ManualClock _clock = new();
    private SigningKey _key = null!;
    private TestArchive _archive = null!;
    private TestServer _server = null!;
    private string _cache = "";

    [OneTimeSetUp]
    public async Task MakeKey() => _key = await SigningKey.MakeAsync();

    [OneTimeTearDown]
    public async Task RemoveKey()
    {
        await _key.DisposeAsync();
        _http.Dispose();
    }

    [SetUp]
    public async Task Publish()
    {
        _cache = Directory.CreateTempSubdirectory("cache").FullName;
        _archive = new TestArchive(_key);
        _server = new TestServer(_archive.Root);
        await _archive.AddAsync(Package, "6.1.5-1", TestArchive.Image("6.1.5"));
        await _archive.PublishAsync();
    }

    [TearDown]
    public async Task Remove()
    {
        await _server.DisposeAsync();
        _archive.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Test]
    public async Task A_signed_suite_is_read()
    {
        var index = await ReadAsync();
        Assert.That(index.Notes, Is.Empty);
        var package = index.Packages.Single();
        Assert.That((package.Suite, package.Name, package.Version.ToString(), package.Abi, package.Flavour), Is.EqualTo(
            ("bookworm", Package, "6.1.5-1", "6.1.0-9", "cloud-amd64")));
        Assert.That(Directory.GetFiles(_cache, "*", SearchOption.AllDirectories), Has.Length.EqualTo(1), "temporary files are left");
    }

    [Test]
    public async Task A_file_archive_is_read_too()
    {
        var bases = new ArchiveBases(new Uri(_archive.Root + "/"), null, "test");
        Assert.That((await ReadAsync(bases: bases)).Packages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_text_changed_after_signing_is_refused()
    {
        await EditAsync(InRelease, text => text.Replace("Origin: Debian", "Origin: Someone", StringComparison.Ordinal));
        AssertLeftOut(await ReadAsync(), "the signature is not good");
    }

    [Test]
    public async Task A_key_that_is_not_in_the_keyring_signs_for_nobody()
    {
        await using var stranger = await SigningKey.MakeAsync();
        await _archive.PublishAsync(signer: stranger);
        AssertLeftOut(await ReadAsync(), "no key that signed it is in the keyring");
    }

    [Test]
    public async Task An_unsigned_file_is_refused()
    {
        await File.WriteAllTextAsync(_archive.PathOf(InRelease), "Suite: bookworm\n");
        AssertLeftOut(await ReadAsync(), "fails verification");
    }

    [Test]
    public async Task What_stands_around_the_signed_text_counts_for_nothing()
    {
        await EditAsync(InRelease, text => $"Suite: sid\nValid-Until: Fri, 6 Nov 2020 08:08:01 UTC\n\n{text}\nCodename: sid\n");
        var index = await ReadAsync();
        Assert.That((index.Packages.Count, index.Notes.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Two_signed_texts_in_one_file_are_refused()
    {
        await EditAsync(InRelease, text => text + text);
        AssertLeftOut(await ReadAsync(), "ERROR");
    }

    [Test]
    public async Task Another_suites_release_is_refused()
    {
        await _archive.PublishAsync("trixie");
        File.Copy(_archive.PathOf("dists/trixie/InRelease"), _archive.PathOf(InRelease), overwrite: true);
        AssertLeftOut(await ReadAsync(), "it is that of oldstable (trixie)");
    }

    [TestCase("")]
    [TestCase("Acquire-By-Hash: yes\n")]
    public async Task An_index_of_another_hash_is_refused(string fields)
    {
        await _archive.PublishAsync(fields: fields);
        var bytes = await File.ReadAllBytesAsync(_archive.PathOf(Packages));
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(_archive.PathOf(Packages), bytes);
        AssertLeftOut(await ReadAsync(), "its Packages.xz fails verification");
    }

    [Test]
    public async Task An_index_is_asked_for_by_its_hash_first()
    {
        await _archive.PublishAsync(fields: "Acquire-By-Hash: yes\n");
        var index = await ReadAsync();
        Assert.That(index.Packages, Has.Count.EqualTo(1));
        Assert.That(_server.Requests.ElementAt(1), Does.StartWith("dists/bookworm/main/binary-amd64/by-hash/SHA256/"));
        Assert.That(_server.Requests.ElementAt(2), Is.EqualTo(Packages));
    }

    [Test]
    public async Task A_fresh_index_needs_no_request()
    {
        await ReadAsync();
        var requests = _server.Requests.Count;
        _clock.Now += TimeSpan.FromHours(11);
        Assert.That((await ReadAsync()).Packages, Has.Count.EqualTo(1));
        Assert.That(_server.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task After_twelve_hours_the_archive_is_asked_whether_anything_changed()
    {
        await ReadAsync();
        var requests = _server.Requests.Count;
        _clock.Now += TimeSpan.FromHours(12);
        await ReadAsync();
        await ReadAsync();
        Assert.That(_server.Requests.Skip(requests), Is.EqualTo(new[] { InRelease }));
    }

    [Test]
    public async Task A_refresh_sees_new_kernels()
    {
        await ReadAsync();
        await _archive.AddAsync(Package, "6.1.6-1", TestArchive.Image("6.1.6"));
        await _archive.PublishAsync();
        Assert.That((await ReadAsync()).Packages, Has.Count.EqualTo(1));
        Assert.That((await ReadAsync(refresh: true)).Packages, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Without_network_the_cached_index_is_used_and_a_note_says_so()
    {
        await ReadAsync();
        _server.Interfere = (context, _) => Task.FromResult(TestServer.Answer(context, HttpStatusCode.ServiceUnavailable));
        var index = await ReadAsync(refresh: true);
        Assert.That(index.Packages, Has.Count.EqualTo(1));
        Assert.That(index.Notes.Single(), Has.Property("LeftOut").False.And.Property("Text").Contains("is used: 127.0.0.1 answers HTTP 503"));
    }

    [Test]
    public async Task Without_network_and_without_cache_the_suite_is_left_out_and_others_are_read()
    {
        await _archive.PublishAsync("trixie");
        _server.Interfere = (context, path) => Task.FromResult(path == InRelease && TestServer.Answer(context, HttpStatusCode.BadGateway));
        var index = await ReadAsync(suites: ["bookworm", "trixie"]);
        Assert.That(index.Packages.Select(p => p.Suite), Is.EqualTo(new[] { "trixie" }));
        Assert.That(index.Notes.Single(), Has.Property("Suite").EqualTo("bookworm").And.Property("LeftOut").True);
        Assert.That(_server.Requests.Count(path => path == InRelease), Is.EqualTo(3), "a failing server is asked again");
    }

    [Test]
    public async Task A_tampered_update_does_not_fall_back_silently()
    {
        await ReadAsync();
        await EditAsync(InRelease, text => text.Replace("Origin: Debian", "Origin: Someone", StringComparison.Ordinal));
        AssertLeftOut(await ReadAsync(refresh: true), "the signature is not good");
    }

    [Test]
    public async Task A_suite_past_its_validity_is_read_with_a_note()
    {
        await _archive.PublishAsync(fields: "Valid-Until: Fri, 6 Nov 2020 08:08:01 UTC\n");
        var index = await ReadAsync();
        Assert.That(index.Packages, Has.Count.EqualTo(1));
        Assert.That(index.Notes.Single(), Has.Property("LeftOut").False.And.Property("Text").Contains("2020-11-06"));
    }

    [TestCase("bookworm-security", "no security archive is known")]
    [TestCase("../bookworm", "no name of a suite")]
    [TestCase("sid", "HTTP 404")]
    public async Task A_suite_that_cannot_be_had_is_left_out(string suite, string reason) => AssertLeftOut(await ReadAsync(suites: [suite]), reason);

    [Test]
    public async Task An_architecture_that_the_suite_lacks_is_left_out() => AssertLeftOut(await ReadAsync(architecture: "riscv64"), "no packages for riscv64");

    [Test]
    public async Task A_missing_keyring_is_named() =>
        AssertLeftOut(await ReadAsync(keyring: "/nowhere/keyring.gpg"), "install debian-archive-keyring");

    [Test]
    public async Task A_damaged_cache_is_read_anew()
    {
        await ReadAsync();
        var file = Directory.GetFiles(_cache, "*.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file))[..20]);
        Assert.That((await ReadAsync()).Packages, Has.Count.EqualTo(1));
    }

    private async Task<ArchiveIndex> ReadAsync(
        string[]? suites = null, bool refresh = false, string architecture = "amd64", ArchiveBases? bases = null, string? keyring = null)
    {
        var options = new ArchiveOptions { Keyring = keyring ?? _key.Keyring, RetryDelay = TimeSpan.FromMilliseconds(1) };
        var archive = new DebianArchive(
            bases ?? new ArchiveBases(_server.Address, null, "test"), _http, new ImageCache(_cache), options, _clock);
        return await archive.ReadAsync(suites ?? ["bookworm"], architecture, refresh, CancellationToken.None);
    }

    private async Task EditAsync(string file, Func<string, string> edit) =>
        await File.WriteAllTextAsync(_archive.PathOf(file), edit(await File.ReadAllTextAsync(_archive.PathOf(file))));

    private static void AssertLeftOut(ArchiveIndex index, string reason)
    {
        Assert.That(index.Packages, Is.Empty);
        Assert.That(index.Notes.Single(), Has.Property("LeftOut").True.And.Property("Text").Contains(reason));
    }

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
