using System.Net;
using Harness.Results;
using Harness.Tests.Kernels.Debian;

namespace Harness.Tests.Faults;

/// <summary>
/// An archive that lies or fails, served on this machine and signed with a key of the test's own, and the real kernels
/// beside it. One of its packages is good: it holds a real kernel.
/// </summary>
public sealed class ArchiveFaultTests : FaultTests
{
    private const string Package = "linux-image-6.1.0-9-cloud-amd64";
    private const string Good = "debian-5.10.999-1-cloud-amd64";

    private SigningKey _key = null!;
    private TestArchive _archive = null!;
    private TestServer _server = null!;

    [SetUp]
    public async Task Publish_a_good_kernel()
    {
        _key = await SigningKey.MakeAsync();
        _archive = new TestArchive(_key);
        _server = new TestServer(_archive.Root);
        await _archive.AddAsync(Package, "5.10.999-1", await File.ReadAllBytesAsync(CleanKernels[0].Image));
        await _archive.PublishAsync();
    }

    [TearDown]
    public async Task Remove_the_archive()
    {
        await _server.DisposeAsync();
        _archive.Dispose();
        await _key.DisposeAsync();
    }

    [Test]
    [Category(FaultSuite.InCi)]
    public async Task A_package_that_lies_is_unavailable_and_writes_nothing_elsewhere()
    {
        var image = "boot/vmlinuz-6.1.0-9-cloud-amd64";
        var escaped = Lab["escaped"];
        var reasons = new Dictionary<string, string>
        {
            ["6.1.1-1"] = Add("6.1.1-1", "no kernel image", LyingPackage.Entry(Up(escaped), '0', "x")),
            ["6.1.2-1"] = Add("6.1.2-1", "no kernel image", LyingPackage.Entry(escaped, '0', "x")),
            ["6.1.3-1"] = Add("6.1.3-1", "no kernel image", LyingPackage.Entry(image, '2', "", "/etc/passwd")),
            ["6.1.4-1"] = Add("6.1.4-1", "no kernel image", LyingPackage.Entry(image, '1', "", "/etc/passwd")),
            ["6.1.5-1"] = Add("6.1.5-1", "no kernel image", LyingPackage.Entry(image, '6', "")),
            ["6.1.6-1"] = Add("6.1.6-1", "bytes, and at most",
                LyingPackage.Entry(image, '0', "x", size: Convert.ToInt64("77777777777", 8))),
            ["6.1.7-1"] = Add("6.1.7-1", "`dpkg-deb", LyingPackage.Of(LyingPackage.Tar(), size: "-100")),
            ["6.1.8-1"] = Add("6.1.8-1", "`dpkg-deb", LyingPackage.Of(LyingPackage.Tar(), size: "9999999999")),
            ["6.1.9-1"] = Add("6.1.9-1", "no kernel image", LyingPackage.Entry(Up(image), '0', new string('x', 5000))),
        };
        reasons["6.1.9-1"] = "is no kernel image";
        await _archive.PublishAsync();
        var run = await RunAsync();
        AssertRows(run, reasons);
        Assert.That(escaped, Does.Not.Exist);
    }

    [Test]
    [Category(FaultSuite.InCi)]
    public async Task A_download_that_fails_is_unavailable_with_what_the_server_did()
    {
        var reasons = new Dictionary<string, string>
        {
            ["6.1.1-1"] = "HTTP 404",
            ["6.1.2-1"] = "HTTP 500",
            ["6.1.3-1"] = "prematurely",
            ["6.1.4-1"] = "the index says",
            ["6.1.5-1"] = "an answer that cannot be followed",
            ["6.1.6-1"] = "fails verification: more than",
        };
        foreach (var version in reasons.Keys)
        {
            await _archive.AddAsync(Package, version, TestArchive.Image(version));
        }
        await _archive.PublishAsync();
        _server.Interfere = async (context, path) =>
        {
            switch (reasons.Keys.FirstOrDefault(v => path.Contains($"_{v}_", StringComparison.Ordinal)))
            {
                case "6.1.1-1":
                    return TestServer.Answer(context, HttpStatusCode.NotFound);
                case "6.1.2-1":
                    return TestServer.Answer(context, HttpStatusCode.InternalServerError);
                case "6.1.3-1":
                    await TestServer.BreakOffAsync(context, new FileInfo(_archive.PathOf(path)).Length, new byte[100]);
                    return true;
                case "6.1.4-1":
                    var other = await File.ReadAllBytesAsync(_archive.PathOf(path));
                    other[^1] ^= 1;
                    await context.Response.OutputStream.WriteAsync(other);
                    context.Response.Close();
                    return true;
                case "6.1.5-1":
                    context.Response.Headers["Location"] = "file:///etc/passwd";
                    return TestServer.Answer(context, HttpStatusCode.Redirect);
                case "6.1.6-1":
                    await context.Response.OutputStream.WriteAsync(new byte[8 << 20]);
                    context.Response.Close();
                    return true;
                default:
                    return false;
            }
        };
        AssertRows(await RunAsync(), reasons);
    }

    [Test]
    [Category(FaultSuite.InCi)]
    public async Task A_suite_that_fails_is_a_row_and_the_others_are_tested()
    {
        var reasons = new Dictionary<string, string>
        {
            ["trixie"] = "BAD SIGNATURE",
            ["forky"] = "its Packages.xz fails verification",
            ["sid"] = "it is that of oldstable (bookworm)",
            ["bullseye"] = "HTTP 500",
        };
        foreach (var suite in reasons.Keys)
        {
            await _archive.PublishAsync(suite);
        }
        await _archive.PublishAsync("experimental", "Valid-Until: Fri, 6 Nov 2020 08:08:01 UTC\n");
        var signed = await File.ReadAllTextAsync(InRelease("trixie"));
        await File.WriteAllTextAsync(InRelease("trixie"),
            signed.Replace("Origin: Debian", "Origin: Someone", StringComparison.Ordinal));
        await File.WriteAllTextAsync(_archive.PathOf("dists/forky/main/binary-amd64/Packages.xz"), "no index");
        File.Copy(InRelease("bookworm"), InRelease("sid"), overwrite: true);
        _server.Interfere = (context, path) => Task.FromResult(path.Contains("bullseye", StringComparison.Ordinal)
            && TestServer.Answer(context, HttpStatusCode.InternalServerError));

        var run = await RunAsync("bookworm, trixie, forky, sid, bullseye, experimental, buster");

        Assert.That(run.Result.StandardError, Does.Contain("BAD SIGNATURE"));
        foreach (var (suite, reason) in reasons)
        {
            Assert.That(run.Row(Row(suite)), Has.Property("Status").EqualTo(KernelStatus.InfraError)
                .And.Property("Reason").Contains(reason));
        }
        Assert.That(run.Document.Run.Notes,
            Has.Some.Contains("suite experimental: its index was valid until 2020-11-06")
            .And.Some.Contains("suite buster is left out").And.Some.Contains("HTTP 404"));
        AssertRestIsTested(run, [.. reasons.Keys.Select(Row)]);
    }

    private static string Row(string suite) => $"debian-suite-{suite}-amd64";

    private string InRelease(string suite) => _archive.PathOf($"dists/{suite}/InRelease");

    /// <summary>The path from deep below the root.</summary>
    private static string Up(string path) => string.Concat(Enumerable.Repeat("../", 8)) + path.TrimStart('/');

    private string Add(string version, string reason, byte[] content)
    {
        // What begins with ar's sign is a package already.
        var package = content.AsSpan().StartsWith("!<arch>"u8) ? content
            : LyingPackage.Of(LyingPackage.Tar([content]));
        var path = $"pool/main/l/linux/{Package}_{version}_amd64.deb";
        File.WriteAllBytes(_archive.PathOf(path), package);
        _archive.List(Package, version, path);
        return reason;
    }

    private Task<FaultRun> RunAsync(string suites = "bookworm") => Lab.RunAsync(
        $"  - debian: {{suites: [{suites}], flavour: cloud-amd64, pick: all}}\n",
        "--mirror", _server.Address.AbsoluteUri, "--keyring", _key.Keyring);

    private void AssertRows(FaultRun run, Dictionary<string, string> reasons)
    {
        var ids = reasons.ToDictionary(r => $"debian-{r.Key}-cloud-amd64", r => r.Value);
        Assert.Multiple(() =>
        {
            foreach (var (id, reason) in ids)
            {
                Assert.That(run.Row(id), Has.Property("Status").EqualTo(KernelStatus.Unavailable)
                    .And.Property("Reason").Contains(reason), id);
            }
        });
        AssertRestIsTested(run, [.. ids.Keys]);
    }

    private void AssertRestIsTested(FaultRun run, IReadOnlyList<string> others)
    {
        Assert.That(run.Row(Good).Status, Is.EqualTo(KernelStatus.Tested), run.Row(Good).Reason);
        Assert.That(run.Row(Good).Cases, Is.EqualTo(run.Row(CleanKernels[0].Id).Cases));
        AssertRestIsClean(run, [Good, .. others]);
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.NotTestable), run.Result.Describe());
    }
}
