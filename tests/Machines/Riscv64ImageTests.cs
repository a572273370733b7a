using Harness.Machines;
using Harness.Tests.Support;

namespace Harness.Tests.Machines;

public sealed class Riscv64ImageTests : ImageFixture
{
    private static readonly byte[] _image = FlatImageSample.Of(
        "7.2.13+deb14-riscv64 (a@b) #1 SMP Debian 7.2.13-1 (2026-10-20)", "RSC\u0005");

    [TestCase(false)]
    [TestCase(true)]
    public void An_image_is_no_problem_and_names_its_version(bool compressed)
    {
        File.WriteAllBytes(Image, compressed ? FlatImageSample.Gzip(_image) : _image);
        Assert.That(Riscv64.Machine.Images.Problem(Image), Is.Null);
        Assert.That(Riscv64.Machine.Images.Version(Image)?.ToString(), Is.EqualTo("7.2.13"));
        Assert.That(MachineList.OfImage(Image), Is.SameAs(Riscv64.Machine));
    }

    [Test]
    public void An_EFI_program_belongs_to_the_machine_of_its_headers()
    {
        File.WriteAllBytes(Image, FlatImageSample.Zboot(FlatImageSample.Gzip(_image), machine: 0x5064));
        Assert.That(MachineList.OfImage(Image), Is.SameAs(Riscv64.Machine));
        Assert.That(Arm64.Machine.Images.Problem(Image),
            Is.EqualTo($"{Image} is an EFI program of another machine: 0x5064; wanted is 0xaa64"));
    }

    [Test]
    public void An_image_of_another_machine_is_none()
    {
        File.WriteAllBytes(Image, FlatImageSample.Of("6.1.0 (a@b)"));
        Assert.That(Riscv64.Machine.Images.Problem(Image), Is.EqualTo($"{Image} is no kernel image: "
            + "neither an Image of riscv (no RSC at 0x38) nor one that gzip compressed "
            + "nor an EFI program with a kernel inside (no zimg at 4)"));
        Assert.That(MachineList.OfImage(Image), Is.SameAs(Arm64.Machine));
    }
}
