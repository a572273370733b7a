using System.Diagnostics;
using System.Net;
using Harness.Kernels;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

/// <summary>Why a kernel is unavailable, or the harness has failed, and that nothing is left of the attempt.</summary>
public sealed class DebianImageSourceFailureTests : ImageSourceFixture
{
    [Test]
    public async Task A_package_of_another_hash_is_refused()
    {
        var kernel = await AddAsync();
        var bytes = await File.ReadAllBytesAsync(Archive.PathOf(kernel.Places[0].Filename));
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(Archive.PathOf(kernel.Places[0].Filename), bytes);
        await AssertUnavailableAsync(kernel, "bytes with SHA256", notServed: false);
    }

    [Test]
    public async Task More_bytes_than_the_index_says_are_not_even_received()
    {
        var kernel = await AddAsync();
        await using (var file = File.OpenWrite(Archive.PathOf(kernel.Places[0].Filename)))
        {
            file.SetLength(8 << 20);
        }
        await AssertUnavailableAsync(kernel, "fails verification: more than", notServed: false);
    }

    [Test]
    public async Task A_package_that_is_nowhere_is_not_served()
    {
        var kernel = await AddAsync();
        File.Delete(Archive.PathOf(kernel.Places[0].Filename));
        await AssertUnavailableAsync(kernel, "HTTP 404", notServed: true);
        Assert.That(await Source(kernel).IsServedAsync(CancellationToken.None), Is.False);
        Assert.That(Server.Requests, Has.Count.EqualTo(2), "a missing file is not asked for again");
    }

    [Test]
    public async Task A_security_package_cannot_be_had_without_a_security_archive()
    {
        var kernel = await AddAsync();
        kernel = kernel with { Places = [kernel.Places[0] with { Base = ArchiveBase.Security }] };
        await AssertUnavailableAsync(kernel, "no archive is known that has it", notServed: false);
    }

    [Test]
    public async Task A_download_that_always_breaks_off_is_given_up()
    {
        var kernel = await AddAsync();
        Server.Interfere = async (context, _) =>
        {
            await TestServer.BreakOffAsync(context, kernel.Size, new byte[100]);
            return true;
        };
        await AssertUnavailableAsync(kernel, "", notServed: false);
        Assert.That(Server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        var kernel = await AddAsync();
        Server.Interfere = async (_, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
            return true;
        };
        await AssertUnavailableAsync(kernel, "nothing received from 127.0.0.1", notServed: false,
            stall: TimeSpan.FromMilliseconds(100));
    }

    [Test]
    public async Task A_server_that_drips_is_given_up()
    {
        var kernel = await AddAsync();
        Server.Interfere = async (context, _) =>
        {
            context.Response.ContentLength64 = kernel.Size;
            for (var sent = 0; sent < kernel.Size; sent++)
            {
                await context.Response.OutputStream.WriteAsync(new byte[1]);
                await context.Response.OutputStream.FlushAsync();
                await Task.Delay(20);
            }
            return true;
        };
        var clock = Stopwatch.StartNew();
        await AssertUnavailableAsync(kernel, "127.0.0.1 is too slow", notServed: false,
            whole: TimeSpan.FromMilliseconds(500));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "not even three attempts of it");
    }

    [TestCase("file:///etc/passwd")]
    [TestCase("ftp://127.0.0.1/x")]
    [TestCase("javascript:x")]
    [TestCase("http://[::/x")]
    [TestCase("http://127.0.0.1:99999/")]
    public async Task Wherever_a_server_redirects_to_the_kernel_is_unavailable(string location)
    {
        var kernel = await AddAsync();
        Server.Interfere = (context, _) =>
        {
            context.Response.Headers["Location"] = location;
            return Task.FromResult(TestServer.Answer(context, HttpStatusCode.Redirect));
        };
        await AssertUnavailableAsync(kernel, "", notServed: false);
        Assert.That(await Source(kernel).IsServedAsync(CancellationToken.None), Is.Null, "nobody knows");
    }

    [Test]
    public async Task A_file_that_is_no_package_is_refused()
    {
        await File.WriteAllBytesAsync(Archive.PathOf("garbage.deb"), new byte[5000]);
        await AssertUnavailableAsync(Archive.List(Package, "6.1.5-1", "garbage.deb"), "fails verification: `dpkg-deb",
            notServed: false);
    }

    [Test]
    public async Task A_package_without_an_image_is_refused() =>
        await AssertUnavailableAsync(await Archive.AddAsync(Package, "6.1.5-1", TestArchive.Image("x"),
            "boot/System.map"), "no kernel image in the package", notServed: false);

    [Test]
    public async Task An_image_that_is_no_kernel_is_refused() =>
        await AssertUnavailableAsync(await Archive.AddAsync(Package, "6.1.5-1", new byte[5000]), "is no kernel image",
            notServed: false);

    [Test]
    public async Task A_cache_that_cannot_be_written_is_our_failure()
    {
        var kernel = await AddAsync();
        await File.WriteAllTextAsync(Path.Combine(Cache, "images"), "in the way");
        Assert.That(await AcquireAsync(Source(kernel)),
            Is.InstanceOf<ImageResult.Failed>().With.Property("Reason").Contains(Cache));
    }

    [Test]
    public async Task A_cancelled_download_leaves_nothing()
    {
        var kernel = await AddAsync();
        using var cancellation = new CancellationTokenSource();
        Server.Interfere = async (_, _) =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(TimeSpan.FromSeconds(5));
            return true;
        };
        Assert.That(async () => await Source(kernel).AcquireAsync(new Progress<long>(), cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        AssertNoLitter(images: 0);
    }
}
