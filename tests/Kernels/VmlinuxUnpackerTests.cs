using System.Buffers.Binary;
using CliWrap;
using Harness.Kernels;
using Harness.Machines;
using Harness.Machines.Images;
using Harness.Processes;
using Harness.Tests.Support;

namespace Harness.Tests.Kernels;

/// <summary>
/// Made-up images, packed by the real programs. Debian's kernels are packed with zstd, lz4 and xz only, and every test
/// that boots one unpacks it.
/// </summary>
public sealed class VmlinuxUnpackerTests
{
    private const int PayloadStart = 1024; // Behind one setup sector.

    /// <summary>In bytes. A gigabyte, which users have, would take seconds to write.</summary>
    private const int Largest = 32 << 20;

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [TestCase("zstd -qc")]
    [TestCase("lz4 -lqc")]
    [TestCase("xz --check=crc32 -qc")]
    [TestCase("gzip -qc")]
    [TestCase("bzip2 -qc")]
    [TestCase("xz --format=lzma -qc")]
    [TestCase("lzop -qc")]
    public async Task Every_format_of_a_payload_is_unpacked(string packer)
    {
        var kernel = ElfSample.Of(ElfSample.Pvh);
        var unpacked = await UnpackAsync(Image(await PackAsync(packer, kernel), Size(packer, kernel.Length)));
        Assert.That(unpacked, Is.Not.Null);
        Assert.That(await File.ReadAllBytesAsync(unpacked!), Is.EqualTo(kernel));
        var files = Directory.GetFiles(Path.GetDirectoryName(unpacked)!);
        Assert.That(files, Is.EqualTo(new[] { unpacked }), "nothing half-written beside it");
    }

    [Test]
    public void Each_of_them_has_its_program() =>
        Assert.That(Compression.Programs, Is.EquivalentTo(new[] { "zstd", "lz4", "xz", "gzip", "bzip2", "lzop" }));

    [Test]
    public async Task A_kernel_without_the_PVH_note_stays_packed()
    {
        foreach (var note in new[] { ElfSample.Note("Xen\0", 6), ElfSample.Note("GNU\0", 18) })
        {
            Assert.That(await UnpackAsync(Image(await PackAsync("zstd -qc", ElfSample.Of(note)), 1 << 17)), Is.Null);
        }
        var zeros = await PackAsync("zstd -qc", new byte[1 << 17]);
        Assert.That(await UnpackAsync(Image(zeros, 1 << 17)), Is.Null, "no ELF file");
    }

    [Test]
    public async Task A_payload_of_another_size_or_cut_or_of_no_known_format_stays_packed()
    {
        var kernel = ElfSample.Of(ElfSample.Pvh);
        var packed = await PackAsync("zstd -qc", kernel);
        Assert.That(await UnpackAsync(Image(packed, kernel.Length + 1)), Is.Null);
        Assert.That(await UnpackAsync(Image(packed[..^20], kernel.Length)), Is.Null);
        Assert.That(await UnpackAsync(Image([0, 1, 2, 3, .. packed], kernel.Length)), Is.Null);
        Assert.That(await UnpackAsync([.. "no bzImage"u8]), Is.Null);
    }

    /// <summary>A megabyte that unpacks to 8 GiB; the image says that its kernel is small, or says nothing.</summary>
    [TestCase("zstd -qc", 1 << 17, 1 << 17)]
    [TestCase("gzip -qc", null, Largest)]
    public async Task A_payload_that_unpacks_without_end_stays_packed_and_fills_no_disk(
        string packer, int? size, long most)
    {
        var piece = await PackAsync(packer, new byte[16 << 20]);
        var image = Image([.. Enumerable.Repeat(piece, 512).SelectMany(bytes => bytes)], size);
        var largest = 0L;
        using var watch = new CancellationTokenSource();
        var watching = WatchAsync(watch.Token);
        Assert.That(await UnpackAsync(image), Is.Null);
        await watch.CancelAsync();
        await watching;
        Assert.That(largest, Is.LessThanOrEqualTo(most));
        Assert.That(Directory.GetFiles(_directory["cache"], "*", SearchOption.AllDirectories), Is.Empty);

        async Task WatchAsync(CancellationToken end)
        {
            while (!end.IsCancellationRequested)
            {
                var files = Directory.Exists(_directory["cache"])
                    ? new DirectoryInfo(_directory["cache"]).GetFiles("*", SearchOption.AllDirectories) : [];
                largest = Math.Max(largest, files.Select(f => f.Exists ? f.Length : 0).DefaultIfEmpty().Max());
                await Task.Delay(10, CancellationToken.None);
            }
        }
    }

    [Test]
    public async Task A_cache_that_cannot_be_written_is_no_failure()
    {
        _directory.Write("cache", "a file where the cache should be");
        var kernel = ElfSample.Of(ElfSample.Pvh);
        Assert.That(await UnpackAsync(Image(await PackAsync("zstd -qc", kernel), kernel.Length)), Is.Null);
    }

    private async Task<string?> UnpackAsync(byte[] content)
    {
        var path = _directory["bzImage"];
        await File.WriteAllBytesAsync(path, content);
        var image = new BootImage(path, Samples.Sha256);
        return await new VmlinuxUnpacker(_directory["cache"], Largest)
            .UnpackAsync(image, X86_64.Machine, CancellationToken.None);
    }

    private async Task<byte[]> PackAsync(string packer, byte[] kernel)
    {
        var (from, to) = (_directory["vmlinux"], _directory["packed"]);
        await File.WriteAllBytesAsync(from, kernel);
        var words = packer.Split(' ');
        await new Command(words[0]).WithArguments([.. words[1..], from]).WithStandardOutputFile(to)
            .RunAsync(CancellationToken.None);
        return await File.ReadAllBytesAsync(to);
    }

    /// <summary>What the kernel's build appends; gzip has a size of its own.</summary>
    private static int? Size(string packer, int length) =>
        packer.StartsWith("gzip", StringComparison.Ordinal) ? null : length;

    /// <summary>The setup header's fields that tell where the payload lies (Documentation/arch/x86/boot.rst).</summary>
    private static byte[] Image(byte[] payload, int? size)
    {
        var appended = new byte[size is null ? 0 : 4];
        if (size is { } length)
        {
            BinaryPrimitives.WriteInt32LittleEndian(appended, length);
        }
        var image = new byte[PayloadStart + payload.Length + appended.Length + 512];
        image[0x1f1] = 1;
        "HdrS"u8.CopyTo(image.AsSpan(0x202));
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(0x206), 0x20f);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(0x24c), payload.Length + appended.Length);
        payload.CopyTo(image, PayloadStart);
        appended.CopyTo(image, PayloadStart + payload.Length);
        return image;
    }
}
