using System.Net;

namespace Harness.Tests.Kernels.Debian;

/// <summary>When the archive is asked, and what is used when it does not answer.</summary>
public sealed class DebianArchiveFreshnessTests : ArchiveFixture
{
    [Test]
    public async Task A_fresh_index_needs_no_request()
    {
        await ReadAsync();
        var requests = Server.Requests.Count;
        Clock.Now += TimeSpan.FromHours(11);
        Assert.That((await ReadAsync()).Packages, Has.Count.EqualTo(1));
        Assert.That(Server.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task After_twelve_hours_the_archive_is_asked_whether_anything_changed()
    {
        await ReadAsync();
        var requests = Server.Requests.Count;
        Clock.Now += TimeSpan.FromHours(12);
        await ReadAsync();
        await ReadAsync();
        Assert.That(Server.Requests.Skip(requests), Is.EqualTo(new[] { InRelease }));
    }

    [Test]
    public async Task Where_the_clock_was_set_back_the_archive_is_asked()
    {
        await ReadAsync();
        var requests = Server.Requests.Count;
        Clock.Now -= TimeSpan.FromHours(1);
        Assert.That((await ReadAsync()).Packages, Has.Count.EqualTo(1));
        Assert.That(Server.Requests.Skip(requests), Is.EqualTo(new[] { InRelease }), "an index of later says nothing");
    }

    [Test]
    public async Task A_refresh_sees_new_kernels()
    {
        await ReadAsync();
        await Archive.AddAsync(Package, "6.1.6-1", TestArchive.Image("6.1.6"));
        await Archive.PublishAsync();
        Assert.That((await ReadAsync()).Packages, Has.Count.EqualTo(1));
        Assert.That((await ReadAsync(refresh: true)).Packages, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Without_network_the_cached_index_is_used_and_a_note_says_so()
    {
        await ReadAsync();
        Server.Interfere = (context, _) =>
            Task.FromResult(TestServer.Answer(context, HttpStatusCode.ServiceUnavailable));
        var index = await ReadAsync(refresh: true);
        Assert.That(index.Packages, Has.Count.EqualTo(1));
        Assert.That(index.Notes.Single(),
            Has.Property("LeftOut").False.And.Property("Text").Contains("is used: 127.0.0.1 answers HTTP 503"));
    }

    [Test]
    public async Task Without_network_and_without_cache_the_suite_is_left_out_and_others_are_read()
    {
        await Archive.PublishAsync("trixie");
        Server.Interfere = (context, path) =>
            Task.FromResult(path == InRelease && TestServer.Answer(context, HttpStatusCode.BadGateway));
        var index = await ReadAsync(suites: ["bookworm", "trixie"]);
        Assert.That(index.Packages.Select(p => p.Suite), Is.EqualTo(new[] { "trixie" }));
        Assert.That(index.Notes.Single(), Has.Property("Suite").EqualTo("bookworm").And.Property("LeftOut").True);
        Assert.That(Server.Requests.Count(path => path == InRelease), Is.EqualTo(3), "a failing server is asked again");
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
        await Archive.PublishAsync(fields: "Valid-Until: Fri, 6 Nov 2020 08:08:01 UTC\n");
        var index = await ReadAsync();
        Assert.That(index.Packages, Has.Count.EqualTo(1));
        Assert.That(index.Notes.Single(), Has.Property("LeftOut").False.And.Property("Text").Contains("2020-11-06"));
    }

    [Test]
    public async Task A_damaged_cache_is_read_anew()
    {
        await ReadAsync();
        var file = Directory.GetFiles(Cache, "*.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file))[..20]);
        Assert.That((await ReadAsync()).Packages, Has.Count.EqualTo(1));
    }
}
