using System.Buffers.Binary;
using System.Text;
using Harness.Machines;
using Harness.Tests.Support;

namespace Harness.Tests.Machines;

public sealed class ImageFormatsTests : ImageFixture
{
    [Test]
    public void An_image_and_an_unpacked_kernel_are_no_problem()
    {
        Assert.That(Problem(BzImage("6.1.5")), Is.Null);
        Assert.That(Problem(ElfSample.Of(ElfSample.Pvh)), Is.Null);
    }

    [Test]
    public void What_is_no_image_is_told_with_what_it_lacks()
    {
        Assert.That(Problem(new byte[4096]),
            Is.EqualTo($"{Image} is no kernel image: neither a bzImage (no HdrS at 0x202) nor an ELF vmlinux"));
        Assert.That(Problem(new byte[100]), Is.EqualTo($"{Image} is no kernel image: it has only 100 bytes"));
        Assert.That(X86_64.Machine.Images.Problem(Place["none"]),
            Is.EqualTo($"no such file: {Place["none"]}"));
        Assert.That(X86_64.Machine.Images.Problem(Place.Path), Is.EqualTo($"{Place.Path} is a directory"));
    }

    [TestCase((ushort)183, (byte)2, "is an ELF file of another machine: 64 bits, e_machine 183")]
    [TestCase((ushort)3, (byte)1, "is an ELF file of another machine: 32 bits, e_machine 3")]
    public void A_kernel_of_another_machine_is_told(ushort instructions, byte bits, string problem) =>
        Assert.That(Problem(ElfSample.Of(ElfSample.Pvh, instructions, bits)), Does.StartWith($"{Image} {problem}"));

    [Test]
    public void A_program_is_no_kernel()
    {
        Assert.That(Problem(ElfSample.Of(ElfSample.Note("GNU\0", 1))), Does.Contain("without a PVH entry point"));
        File.Copy(Environment.ProcessPath!, Image, overwrite: true);
        Assert.That(X86_64.Machine.Images.Problem(Image), Does.Contain("without a PVH entry point"));
    }

    [TestCase(600)]
    [TestCase(20_000)]
    [TestCase(-100_000)]
    [TestCase(-1)]
    public void An_image_that_is_shorter_than_its_header_declares_is_cut(int bytes)
    {
        var whole = Declaring(length: 1 << 20);
        Assert.That(Problem(whole), Is.Null);
        Assert.That(Problem([.. whole, .. "a signature"u8]), Is.Null, "what signs an image appends to it");
        var length = bytes > 0 ? bytes : whole.Length + bytes;
        Assert.That(Problem(whole[..length]), Is.EqualTo(
            $"{Image} is cut short: it has {length} bytes of the {whole.Length} that its header declares"));
        var elf = ElfSample.Of(new byte[120_000]);
        Assert.That(Problem(elf[..^20_000]), Does.Contain("is cut short"));
    }

    [Test]
    public async Task Only_a_regular_file_of_a_kernels_size_is_an_image()
    {
        await Fifos.MakeAsync(Image);
        Assert.That(X86_64.Machine.Images.Problem(Image), Is.EqualTo($"{Image} is no regular file"));
        Assert.That(X86_64.Machine.Images.Version(Image), Is.Null);
        Assert.That(X86_64.Machine.Images.Problem("/dev/zero"), Is.EqualTo("/dev/zero is no regular file"));
        File.Delete(Image);
        await File.WriteAllBytesAsync(Image, BzImage("6.1.5"));
        await using (var file = File.OpenWrite(Image))
        {
            file.SetLength(5L << 30);
        }
        Assert.That(X86_64.Machine.Images.Problem(Image), Does.Contain("5368709120 bytes, more than any kernel"));
    }

    [TestCase("6.1.5 (me@here) #1 SMP", "6.1.5")]
    [TestCase("6.1.0-56-cloud-amd64 (debian-kernel@lists.debian.org) #1 SMP Debian 6.1.192-2 (2026-01-01)", "6.1.192")]
    public void An_image_names_its_version(string banner, string version)
    {
        File.WriteAllBytes(Image, BzImage(banner));
        Assert.That(X86_64.Machine.Images.Version(Image)?.ToString(), Is.EqualTo(version));
    }

    [Test]
    public void A_file_that_does_not_say_its_version_has_none()
    {
        File.WriteAllBytes(Image, new byte[4096]);
        Assert.That(X86_64.Machine.Images.Version(Image), Is.Null);
        Assert.That(X86_64.Machine.Images.Version(Place["none"]), Is.Null);
    }

    private string? Problem(byte[] content)
    {
        File.WriteAllBytes(Image, content);
        return X86_64.Machine.Images.Problem(Image);
    }

    /// <summary>An image of one setup sector that declares its length.</summary>
    private static byte[] Declaring(int length)
    {
        var image = new byte[length];
        image[0x1f1] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(0x1f4), (length - 1024) / 16);
        "HdrS"u8.CopyTo(image.AsSpan(0x202));
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(0x206), 0x20f);
        return image;
    }

    /// <summary>A setup header (Documentation/arch/x86/boot.rst) that points to a version text.</summary>
    private static byte[] BzImage(string banner)
    {
        var image = new byte[4096];
        "HdrS"u8.CopyTo(image.AsSpan(0x202));
        (image[0x20e], image[0x20f]) = (0x00, 0x06);
        Encoding.ASCII.GetBytes(banner).CopyTo(image, 0x200 + 0x600);
        return image;
    }
}
