using Harness.Kernels;
using Harness.Kernels.Debian;

namespace Harness.Tests.Kernels.Debian;

/// <summary>From a package in a pool to an image in the cache, which any number of harnesses share.</summary>
public sealed class DebianImageSourceTests : ImageSourceFixture
{
    [TestCase("linux-image-6.1.0-9-cloud-amd64", "6.1.5-1", "boot/vmlinuz-6.1.0-9-cloud-amd64")]
    [TestCase("linux-binary-7.2.13+deb14-cloud-amd64", "7.2.13-1~exp1+b1",
        "usr/lib/modules/7.2.13+deb14-cloud-amd64/vmlinuz")]
    public async Task The_image_of_either_generation_is_taken_out_and_cached(string package,
        string version, string path)
    {
        var source = Source(await Archive.AddAsync(package, version, TestArchive.Image("good"), path));
        Assert.That(source.IsCached, Is.False);

        var first = await AcquireAsync(source);
        Assert.That(first, Is.InstanceOf<ImageResult.Available>().With.Property("FromCache").False);
        var image = ((ImageResult.Available)first).Image;
        Assert.That(await File.ReadAllBytesAsync(image.Path), Is.EqualTo(TestArchive.Image("good")));
        Assert.That(source.IsCached, Is.True);

        Assert.That(await AcquireAsync(source), Is.EqualTo(new ImageResult.Available(image, FromCache: true)));
        Assert.That(Server.Requests, Has.Count.EqualTo(1));
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
    public async Task A_package_missing_in_one_place_is_taken_from_another()
    {
        var kernel = await AddAsync();
        kernel = kernel with
        {
            Places =
            [new ArchivePlace("bookworm", ArchiveBase.Main, "pool/gone.deb"), .. kernel.Places]
        };
        Assert.That(await AcquireAsync(Source(kernel)), Is.InstanceOf<ImageResult.Available>());
        Assert.That(await Source(kernel).IsServedAsync(CancellationToken.None), Is.True);
    }

    [Test]
    public async Task A_download_that_breaks_off_is_tried_again()
    {
        var kernel = await AddAsync();
        var failures = 2;
        Server.Interfere = async (context, _) =>
        {
            if (failures-- <= 0)
            {
                return false;
            }
            await TestServer.BreakOffAsync(context, kernel.Size, new byte[100]);
            return true;
        };
        var told = new List<Retry>();
        var progress = ImageProgress.None with { Retrying = told.Add };
        Assert.That(await Source(kernel).AcquireAsync(progress, CancellationToken.None),
            Is.InstanceOf<ImageResult.Available>());
        Assert.That(Server.Requests, Has.Count.EqualTo(3));
        Assert.That(told.Select(retry => retry.Attempt), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task Two_at_once_download_once()
    {
        var kernel = await AddAsync();
        Server.Interfere = async (_, _) =>
        {
            await Task.Delay(200);
            return false;
        };
        var results =
            await Task.WhenAll(AcquireAsync(Source(kernel)), AcquireAsync(Source(kernel)),
                AcquireAsync(Source(kernel)));
        Assert.That(results, Is.All.InstanceOf<ImageResult.Available>());
        Assert.That(results.Count(r => !((ImageResult.Available)r).FromCache), Is.EqualTo(1));
        Assert.That(Server.Requests, Has.Count.EqualTo(1));
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
        var partial = Path.Combine(Cache, "images", kernel.Sha256 + ".partial");
        Directory.CreateDirectory(partial);
        await File.WriteAllTextAsync(Path.Combine(partial, "vmlinuz"), "half");
        await File.WriteAllTextAsync(Path.Combine(partial, "further"), "what only another version of it writes");
        Assert.That(await AcquireAsync(Source(kernel)), Is.InstanceOf<ImageResult.Available>());
        AssertNoLitter(images: 1);
    }
}
