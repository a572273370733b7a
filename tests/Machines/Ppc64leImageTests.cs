using System.Buffers.Binary;
using System.Text;
using Harness.Machines;
using Harness.Tests.Support;

namespace Harness.Tests.Machines;

public sealed class Ppc64leImageTests : ImageFixture
{
    private const ulong Kernels = 0xc000000000000000;

    [Test]
    public void A_kernel_is_no_problem_and_names_its_version()
    {
        File.WriteAllBytes(Image, Elf(Kernels));
        Assert.That(Ppc64le.Machine.Images.Problem(Image), Is.Null);
        Assert.That(Ppc64le.Machine.Images.Version(Image)?.ToString(), Is.EqualTo("7.2.13"));
        Assert.That(MachineList.OfImage(Image), Is.SameAs(Ppc64le.Machine));
    }

    [Test]
    public void A_program_is_no_kernel()
    {
        File.WriteAllBytes(Image, Elf(0x10000640));
        Assert.That(Ppc64le.Machine.Images.Problem(Image),
            Is.EqualTo($"{Image} is an ELF file that begins at 0x10000640: no kernel"));
    }

    [Test]
    public void A_kernel_of_another_machine_is_told()
    {
        File.WriteAllBytes(Image, ElfSample.Of(ElfSample.Pvh));
        Assert.That(Ppc64le.Machine.Images.Problem(Image), Does.StartWith(
            $"{Image} is an ELF file of another machine: 64 bits, e_machine 62; wanted are 64 bits, e_machine 21"));
    }

    /// <param name="entry">Where it begins.</param>
    private static byte[] Elf(ulong entry)
    {
        var elf = ElfSample.Of(ElfSample.Note("GNU\0", 1), instructions: 21);
        BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(0x18), entry);
        Encoding.ASCII.GetBytes("Linux version 7.2.13+deb14-powerpc64le (a@b) #1 SMP Debian 7.2.13-1 (2026-10-20)\n\0")
            .CopyTo(elf, 0x2000);
        return elf;
    }
}
