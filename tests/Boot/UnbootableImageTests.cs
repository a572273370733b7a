using Harness.Kernels;
using Harness.Machines;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>Images that are none, or are damaged: each is one row, and the good one beside them is tested.</summary>
[Category("VM")]
[NonParallelizable]
public sealed class UnbootableImageTests
{
    private static readonly Lazy<Task<string>> _good = new(() => CachedImageAsync("6.1"));

    [Test]
    public async Task What_cannot_boot_is_a_row_of_its_own_and_the_rest_runs()
    {
        using var directory = new TemporaryDirectory();
        var good = await _good.Value;
        var text = Path.Combine(directory.Path, "text");
        var cut = Path.Combine(directory.Path, "cut");
        var overwritten = Path.Combine(directory.Path, "overwritten");
        await File.WriteAllTextAsync(text, string.Concat(Enumerable.Repeat("this is no kernel\n", 100)));
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(good))[..^600_000]);
        await File.WriteAllBytesAsync(overwritten, WithoutEntry(await File.ReadAllBytesAsync(good)));

        var (document, result) = await RealRun.OfAsync(Path.Combine(directory.Path, "run"),
        [
            "--image", text, "--image", cut, "--image", overwritten, "--image", good,
            "--image", Path.Combine(directory.Path, "absent"),
            "--timeout", "40", .. RealRun.Cases(["raw.array_of_maps.array.struct.*"]),
        ]);

        var rows = document.Kernels.ToDictionary(k => k.Id);
        Assert.That(rows["text"].Status, Is.EqualTo(KernelStatus.Unavailable));
        Assert.That(rows["text"].Reason, Does.Contain("no kernel image"));
        Assert.That(rows["absent"].Status, Is.EqualTo(KernelStatus.Unavailable));
        Assert.That(rows["cut"].Status, Is.EqualTo(KernelStatus.Unavailable));
        Assert.That(rows["cut"].Reason, Does.Contain("is cut short"));
        Assert.That(rows["overwritten"].Status, Is.AnyOf(KernelStatus.BootFailed, KernelStatus.BootTimeout),
            "the kernel inside of it is whole, and would boot");
        Assert.That(rows["overwritten"].Cases, Is.Empty);
        Assert.That(document.Kernels.Where(k => k.BootedUnpacked), Is.Empty);
        Assert.That(rows["vmlinuz"].Status, Is.EqualTo(KernelStatus.Tested), rows["vmlinuz"].Reason);
        Assert.That(rows["vmlinuz"].Version, Does.StartWith("6.1."));
        Assert.That(result.ExitCode, Is.EqualTo(ExitCodes.Unexpected),
            "a kernel that does not boot wins over one that is not there");
        Assert.That(result.StandardError, Is.Empty);
    }

    /// <summary>The image with nothing where its own code begins, in front of the compressed kernel.</summary>
    private static byte[] WithoutEntry(byte[] image)
    {
        var start = (image[0x1f1] + 1) * 512;
        image.AsSpan(start, 0x400).Clear();
        return image;
    }

    /// <summary>The image of the newest kernel of a series, fetched when it is not in the cache.</summary>
    private static async Task<string> CachedImageAsync(string series)
    {
        var id = await RealRun.NewestAsync(series);
        await Harness.Processes.CommandExecution.RunAsync(RealRun.Harness("fetch", "--only", id),
            CancellationToken.None);
        return Directory.EnumerateFiles(Path.Combine(ImageCache.DefaultRoot(), "images"), "vmlinuz",
            SearchOption.AllDirectories)
            .First(path => MachineList.Default.Images.Version(path)?.ToString() == id.Split('-')[1]);
    }
}
