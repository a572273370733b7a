using System.Net;
using Harness.Kernels;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels.Debian;

/// <summary>A suite that cannot be read is a row: a matrix is never silently smaller.</summary>
public sealed class SuiteFailureTests : ArchiveFixture
{
    private const string Row = "debian-suite-bookworm-amd64";
    private const string Other = "debian-6.1.5-1-cloud-amd64";

    [SetUp]
    public Task PublishAnother() => Archive.PublishAsync("trixie");

    [Test]
    public Task A_server_that_fails_is_a_row() => AssertRowAsync("HTTP 500", () =>
        Server.Interfere = (context, path) => Task.FromResult(
            path == InRelease && TestServer.Answer(context, HttpStatusCode.InternalServerError)));

    [Test]
    public Task An_index_that_is_not_there_though_it_is_announced_is_a_row() => AssertRowAsync("HTTP 404", () =>
        File.Delete(Archive.PathOf(Packages)));

    [Test]
    public Task A_page_of_HTML_is_a_row() => AssertRowAsync("BAD SIGNATURE", () =>
        File.WriteAllText(Archive.PathOf(InRelease), "<html><body>Please log in</body></html>"));

    [Test]
    public Task A_bad_signature_is_a_row() => AssertRowAsync("BAD SIGNATURE", () =>
        File.WriteAllText(Archive.PathOf(InRelease), File.ReadAllText(Archive.PathOf(InRelease))
            .Replace("Origin: Debian", "Origin: Someone", StringComparison.Ordinal)));

    [Test]
    public Task Another_index_is_a_row() => AssertRowAsync("its Packages.xz fails verification", () =>
        File.WriteAllText(Archive.PathOf(Packages), "no index"));

    [Test]
    public Task Another_suites_release_is_a_row() => AssertRowAsync("it is that of oldstable (trixie)", () =>
        File.Copy(Archive.PathOf("dists/trixie/InRelease"), Archive.PathOf(InRelease), overwrite: true));

    [Test]
    public async Task A_cache_that_cannot_be_written_is_a_row_for_each_suite()
    {
        await File.WriteAllTextAsync(Path.Combine(Cache, "archive"), "a file where a directory must be");
        var resolved = await ResolveAsync("*");
        Assert.That(resolved.Kernels.Select(k => k.Kernel.Id), Is.EqualTo(new[] { Row, "debian-suite-trixie-amd64" }));
    }

    [Test]
    public async Task A_suite_that_the_archive_has_no_more_is_a_note()
    {
        File.Delete(Archive.PathOf(InRelease));
        var resolved = await ResolveAsync("*");
        Assert.That(resolved.Kernels.Select(k => k.Kernel.Id), Is.EqualTo(new[] { Other }));
        Assert.That(resolved.Notes.Single(), Does.StartWith("suite bookworm is left out: ").And.Contains("HTTP 404"));
    }

    [Test]
    public async Task What_a_key_of_the_users_own_signed_is_trusted_with_that_key_only()
    {
        Assert.That((await ResolveAsync("*")).Kernels.Select(k => k.Kernel.Id), Is.EqualTo(new[] { Other }));
        await using var stranger = await SigningKey.MakeAsync();
        var resolved = await ResolveAsync("*", stranger.Keyring);
        Assert.That(resolved.Kernels.Select(k => k.Kernel.Source.Failure),
            Has.All.StartsWith("BAD SIGNATURE").And.All.Contains("no key that signed it is in the keyring"));
        Assert.That(async () => await ResolveAsync("*", Archive.PathOf("none.gpg")),
            Throws.TypeOf<UsageException>().With.Message.Contains("--keyring").And.Message.Contains("no such file"));
    }

    private async Task AssertRowAsync(string reason, Action harm)
    {
        harm();
        var resolved = await ResolveAsync("debian-6.1.*");
        Assert.That(resolved.Kernels.Select(k => k.Kernel.Id), Is.EqualTo(new[] { Row, Other }),
            "it stays whatever --only selects");
        var image = await resolved.Kernels[0].Kernel.Source.AcquireAsync(new Progress<long>(), CancellationToken.None);
        Assert.That(image, Is.TypeOf<ImageResult.Failed>().With.Property("Reason").Contains("suite bookworm")
            .And.Property("Reason").Contains(reason));
        Assert.That(resolved.Failures, Is.EqualTo(new[] { image.Problem }));
        Assert.That(resolved.Notes, Is.Empty);
    }

    private async Task<ResolvedKernels> ResolveAsync(string only, string? keyring = null)
    {
        using var workspace = new Workspace { CacheRoot = Cache };
        var matrix = Path.Combine(Archive.Root, "kernels.yaml");
        await File.WriteAllTextAsync(matrix,
            "kernels:\n  - debian: {suites: [bookworm, trixie], flavour: cloud-amd64}\n");
        var resolver = new MatrixResolver(workspace, Matrices.Form);
        var selection = new MatrixSelection
        {
            File = matrix,
            Only = [only],
            Mirror = Server.Address.AbsoluteUri,
            Keyring = keyring ?? Key.Keyring,
        };
        return await resolver.ResolveAsync(resolver.Load(selection), selection, CancellationToken.None);
    }
}
