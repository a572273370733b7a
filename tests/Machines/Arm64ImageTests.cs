using Harness.Kernels;
using Harness.Machines;
using Harness.Tests.Support;

namespace Harness.Tests.Machines;

public sealed class Arm64ImageTests : ImageFixture
{
    private const string Banner =
        "6.1.0-50-cloud-arm64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP Debian 6.1.176-1 (2026-07-02)";

    [TestCase("Image")]
    [TestCase("Image.gz")]
    [TestCase("vmlinuz.efi")]
    public void An_image_is_no_problem_in_each_form_that_a_build_leaves(string form) =>
        Assert.That(Problem(InForm(form)), Is.Null);

    [TestCase("Image")]
    [TestCase("Image.gz")]
    public void An_image_names_its_release_and_version(string form)
    {
        File.WriteAllBytes(Image, InForm(form));
        Assert.That(Arm64.Machine.Images.Release(Image), Is.EqualTo("6.1.0-50-cloud-arm64"));
        Assert.That(Arm64.Machine.Images.Version(Image)?.ToString(), Is.EqualTo("6.1.176"));
    }

    [Test]
    public void What_is_no_image_is_told_with_what_it_lacks()
    {
        Assert.That(Problem(new byte[4096]), Is.EqualTo($"{Image} is no kernel image: "
            + "neither an Image of arm64 (no ARM at 0x38) nor one that gzip compressed "
            + "nor an EFI program with a kernel inside (no zimg at 4)"));
        Assert.That(Problem(FlatImageSample.Of(Banner, "RSC\u0005")), Does.Contain("neither an Image of arm64"));
        Assert.That(Problem(FlatImageSample.Gzip(FlatImageSample.Of(Banner, "none"))),
            Is.EqualTo($"{Image} has no kernel that boots inside: not an Image of arm64 (no ARM at 0x38)"));
    }

    [TestCase("Image")]
    [TestCase("vmlinuz.efi")]
    public void An_image_that_is_shorter_than_its_headers_declare_is_cut(string form)
    {
        var whole = InForm(form);
        Assert.That(Problem([.. whole, .. "a signature"u8]), Is.Null, "what signs an image appends to it");
        Assert.That(Problem(whole[..^1]), Is.EqualTo($"{Image} is cut short: it has {whole.Length - 1} bytes of the "
            + $"{whole.Length} that its header declares"));
    }

    [Test]
    public void A_compressed_image_that_is_cut_or_damaged_is_told()
    {
        var packed = InForm("Image.gz");
        Assert.That(Problem(packed[..^1000]), Does.StartWith($"{Image} is cut short: it unpacks to "));
        packed[packed.Length / 2] ^= 0xff;
        Assert.That(Problem(packed), Does.StartWith($"{Image} is damaged: "));
    }

    [Test]
    public async Task What_is_inside_an_EFI_program_is_unpacked()
    {
        await File.WriteAllBytesAsync(Image, InForm("vmlinuz.efi"));
        var boot = new BootImage(Image, Samples.Sha256, null);
        var unpacked =
            await new VmlinuxUnpacker(Place["cache"]).UnpackAsync(boot, Arm64.Machine, CancellationToken.None);
        Assert.That(unpacked, Is.Not.Null);
        Assert.That(await File.ReadAllBytesAsync(unpacked!), Is.EqualTo(FlatImageSample.Of(Banner)));
    }

    [Test]
    public void The_machine_of_an_image_is_found_by_its_form()
    {
        File.WriteAllBytes(Image, InForm("Image"));
        Assert.That(MachineList.OfImage(Image), Is.SameAs(Arm64.Machine));
        File.WriteAllBytes(Image, ElfSample.Of(ElfSample.Pvh));
        Assert.That(MachineList.OfImage(Image), Is.SameAs(X86_64.Machine));
    }

    private static byte[] InForm(string form) => form switch
    {
        "Image" => FlatImageSample.Of(Banner),
        "Image.gz" => FlatImageSample.Gzip(FlatImageSample.Of(Banner)),
        _ => FlatImageSample.Zboot(FlatImageSample.Gzip(FlatImageSample.Of(Banner))),
    };

    private string? Problem(byte[] content)
    {
        File.WriteAllBytes(Image, content);
        return Arm64.Machine.Images.Problem(Image);
    }
}
