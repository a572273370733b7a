namespace Harness.Tests.Faults;

/// <summary>Files of the cache that are damaged. The cache saves time: no result depends on it.</summary>
public sealed class CacheFaultTests : FaultTests
{
    [TestCase("--cold")]
    [TestCase("--warm")]
    public async Task An_unpacked_kernel_that_is_damaged_is_not_the_kernels_fault(string start)
    {
        var (first, second) = (CacheFile("vmlinux", 0), CacheFile("vmlinux", 1));
        var whole = await File.ReadAllBytesAsync(second);
        Replace(first, (await File.ReadAllBytesAsync(first))[..^1_000_000][..2_000_000]);
        // The headers stay, so that QEMU takes it, and no instruction is left.
        whole.AsSpan(0x1000).Clear();
        Replace(second, whole);
        var run = await Lab.RunAsync("", start);
        AssertAnswersAreClean(run);
        Assert.That(run.Document.Kernels.SelectMany(k => k.Retries ?? []).Select(r => r.Reason),
            Has.None.EndsWith("its snapshot is removed"), "nor a snapshot's");
    }

    [Test]
    public async Task A_guest_that_is_damaged_is_made_anew()
    {
        var guest = CacheFile("guests", 0);
        Replace(guest, new byte[new FileInfo(guest).Length]);
        var run = await Lab.RunAsync("");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Result.Describe());
        AssertRestIsClean(run);
    }

    [Test]
    public async Task Memories_that_make_no_sense_are_none()
    {
        foreach (var name in new[] { "kvm.json", "boot-seconds.json", "plain-images.json", "tool-versions.json" })
        {
            Replace(Path.Combine(Lab.CacheHome, "kernel-harness", name), "\0{\"a\":"u8.ToArray());
        }
        var run = await Lab.RunAsync("");
        Assert.That(run.Result.ExitCode, Is.EqualTo(ExitCodes.AsExpected), run.Result.Describe());
        AssertRestIsClean(run);
    }

    private string CacheFile(string directory, int index) =>
        Directory.GetFiles(Path.Combine(Lab.CacheHome, "kernel-harness", directory)).Order().ElementAt(index);

    /// <summary>Another file of that name: the one that is there is the clean run's, too.</summary>
    private static void Replace(string path, byte[] content)
    {
        File.Delete(path);
        File.WriteAllBytes(path, content);
    }
}
