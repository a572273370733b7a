using System.Text;
using Harness.Machines;
using Harness.Tests.Support;

namespace Harness.Tests.Machines;

public sealed class ImageFormatsTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Make_a_directory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove_it() => _directory.Dispose();

    [Test]
    public void An_image_and_an_unpacked_kernel_are_no_problem()
    {
        Assert.That(Problem(BzImage("6.1.5")), Is.Null);
        Assert.That(Problem([.. (byte[])[0x7f, (byte)'E', (byte)'L', (byte)'F'], .. new byte[1020]]), Is.Null);
    }

    [Test]
    public void What_is_no_image_is_told_with_what_it_lacks()
    {
        Assert.That(Problem(new byte[4096]),
            Is.EqualTo($"{Image} is no kernel image: neither a bzImage (no HdrS at 0x202) nor an ELF vmlinux"));
        Assert.That(Problem(new byte[100]), Is.EqualTo($"{Image} is no kernel image: it has only 100 bytes"));
        Assert.That(X86_64.Machine.Images.Problem(_directory["none"]),
            Is.EqualTo($"no such file: {_directory["none"]}"));
        Assert.That(X86_64.Machine.Images.Problem(_directory.Path), Is.EqualTo($"{_directory.Path} is a directory"));
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
        Assert.That(X86_64.Machine.Images.Version(_directory["none"]), Is.Null);
    }

    private string Image => _directory["image"];

    private string? Problem(byte[] content)
    {
        File.WriteAllBytes(Image, content);
        return X86_64.Machine.Images.Problem(Image);
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
