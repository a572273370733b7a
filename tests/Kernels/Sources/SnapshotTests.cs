using Harness.Kernels;
using Harness.Tests.Kernels.Debian;

namespace Harness.Tests.Kernels.Sources;

/// <summary>
/// The recipe of docs/kernels.md that closes gaps between series: rules over a dated snapshot of the archive, here one
/// on this machine in the layout of snapshots, beside a rule over the archive in use.
/// </summary>
[Category(SourceSuite.Category)]
public sealed class SnapshotTests
{
    private const string Date = "20220615T000000Z";

    private SourceLab _lab = null!;
    private SigningKey _today = null!;
    private SigningKey _then = null!;
    private TestArchive _archive = null!;
    private TestArchive _snapshot = null!;
    private TestServer _server = null!;

    private string Entries => $"""
          - debian:
              suites: [sid]
              flavour: cloud-amd64
              mirror: {_server.Address}archive/debian/{Date}/
              keyring: {_then.Keyring}
              pick: all
          - debian:
              suites: [bookworm]
              flavour: cloud-amd64
              mirror: {new Uri(_archive.Root)}
              keyring: {_today.Keyring}
        """;

    [SetUp]
    public async Task Publish()
    {
        _lab = new SourceLab();
        (_today, _then) = (await SigningKey.MakeAsync(), await SigningKey.MakeAsync());
        (_archive, _snapshot) = (new TestArchive(_today), new TestArchive(_then));
        var image = await File.ReadAllBytesAsync((await RealImages.NewestAsync()).Path);
        await _archive.AddAsync("linux-image-6.1.0-9-cloud-amd64", "6.1.5-1", image);
        await _archive.PublishAsync();
        foreach (var (abi, version) in new[] { ("5.16.0-6", "5.16.18-1"), ("5.18.0-1", "5.18.2-1") })
        {
            await _snapshot.AddAsync($"linux-image-{abi}-cloud-amd64", version, image,
                $"boot/vmlinuz-{abi}-cloud-amd64", "sid");
        }
        await _snapshot.PublishAsync("sid", "Valid-Until: Wed, 22 Jun 2022 02:10:46 UTC\n");
        Directory.CreateDirectory(_lab["served", "archive", "debian"]);
        Directory.CreateSymbolicLink(_lab["served", "archive", "debian", Date], _snapshot.Root);
        _server = new TestServer(_lab["served"]);
    }

    [TearDown]
    public async Task Remove()
    {
        await _server.DisposeAsync();
        _archive.Dispose();
        _snapshot.Dispose();
        await _today.DisposeAsync();
        await _then.DisposeAsync();
        _lab.Dispose();
    }

    [Test]
    public async Task One_matrix_draws_on_several_archives_and_a_dated_one_may_be_past_its_validity()
    {
        var resolved = await _lab.ResolveAsync(Entries);
        Assert.That(resolved.Kernels.Select(planned => planned.Kernel.Id), Is.EquivalentTo(new[]
        {
            "debian-5.16.18-1-cloud-amd64", "debian-5.18.2-1-cloud-amd64", "debian-6.1.5-1-cloud-amd64",
        }));
        Assert.That(resolved.Notes, Is.Empty);
        foreach (var kernel in resolved.Kernels.Select(planned => planned.Kernel))
        {
            var result = await SourceLab.AcquireAsync(kernel);
            Assert.That(result, Is.InstanceOf<ImageResult.Available>(), result.Problem);
        }
        await _lab.LockedImageAsync(resolved.Kernels[0].Kernel);
        Assert.That(await File.ReadAllTextAsync(_lab["kernels.lock.yaml"]), Does.Contain($"/archive/debian/{Date}/"));
    }

    [Test]
    public async Task Each_archive_is_verified_by_its_own_keys()
    {
        var kernels = (await _lab.ResolveAsync(
            Entries.Replace(_then.Keyring, _today.Keyring, StringComparison.Ordinal))).Kernels;
        Assert.That(kernels.Select(planned => planned.Kernel.Source.Failure).OfType<string>().Single(),
            Does.StartWith("BAD SIGNATURE").And.Contains("suite sid"));
        Assert.That(kernels, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task An_archive_that_is_not_dated_is_complained_about()
    {
        Directory.CreateSymbolicLink(_lab["served", "mine"], _snapshot.Root);
        var resolved = await _lab.ResolveAsync(
            Entries.Replace($"archive/debian/{Date}", "mine", StringComparison.Ordinal));
        Assert.That(resolved.Notes.Single(), Does.Contain("was valid until 2022-06-22"));
    }
}
