using Harness.Kernels.Packages;
using Harness.Tests.Faults;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels.Packages;

/// <summary>Packages that are small and unpack to more than anybody has room for.</summary>
public sealed class PackageContentTests
{
    [Test]
    public async Task What_unpacks_without_end_is_refused()
    {
        using var directory = new TemporaryDirectory();
        var files = Enumerable.Range(0, 20).Select(i => LyingPackage.Entry($"usr/{i}", '0', new string('x', 100_000)));
        await File.WriteAllBytesAsync(directory["package.deb"], LyingPackage.Of(LyingPackage.Tar(files)));
        var (path, problem) = await PackageContent.ExtractImageAsync(
            directory["package.deb"], directory["image"], CancellationToken.None, largest: 1_000_000);
        Assert.That((path, problem), Is.EqualTo(((string?)null, "it unpacks to more than 1000000 bytes")));
        Assert.That(directory["image"], Does.Not.Exist);
    }

    [Test]
    public async Task A_file_that_is_cut_off_replaces_none_that_is_whole()
    {
        using var directory = new TemporaryDirectory();
        var place = directory.Write("x.ko", "of before");
        var tar = LyingPackage.Tar([LyingPackage.Entry("lib/modules/x.ko", '0', new string('x', 100_000))]);
        var problem = await PackageContent.CopyAsync(
            new MemoryStream(tar[..50_000]), _ => place, CancellationToken.None);
        Assert.That(problem, Is.Not.Null);
        Assert.That(File.ReadAllText(place), Is.EqualTo("of before"));
        tar = LyingPackage.Tar([LyingPackage.Entry("boot/vmlinuz-6.1", '0', new string('x', 100_000))]);
        Assert.That((await PackageContent.CopyImageAsync(
            new MemoryStream(tar[..50_000]), place, long.MaxValue, null, CancellationToken.None)).Path, Is.Null);
        Assert.That(File.ReadAllText(place), Is.EqualTo("of before"));
        Assert.That(Directory.GetFiles(directory[""]), Is.EqualTo([place]), "nothing half-written stays");
    }
}
