using System.Buffers.Binary;
using System.Text;
using Harness.Machines;

namespace Harness.Tests.Machines;

public sealed class S390xImageTests : ImageFixture
{
    [Test]
    public void An_image_names_its_version()
    {
        File.WriteAllBytes(Image, Whole());
        Assert.That(S390x.Machine.Images.Problem(Image), Is.Null);
        Assert.That(S390x.Machine.Images.Version(Image)?.ToString(), Is.EqualTo("6.12.107"));
        Assert.That(MachineList.OfImage(Image), Is.SameAs(S390x.Machine));
    }

    [Test]
    public void What_is_no_image_is_told_with_what_it_lacks()
    {
        Assert.That(Problem(new byte[100_000]),
            Is.EqualTo($"{Image} is no kernel image: not an image of s390 (no PSW that loads it at 0)"));
        Assert.That(Problem(Whole()[..5000]), Is.EqualTo($"{Image} is cut short: its entry is not there"));
        var other = Whole();
        other[0x10008] = 0;
        Assert.That(Problem(other), Is.EqualTo($"{Image} is no kernel of s390: it has no S390EP at 0x10008"));
    }

    [TestCase(0L)]
    [TestCase(long.MaxValue)]
    public void A_pointer_that_leads_nowhere_names_no_version(long pointer)
    {
        var image = Whole();
        BinaryPrimitives.WriteInt64BigEndian(image.AsSpan(0x10428), pointer);
        File.WriteAllBytes(Image, image);
        Assert.That(S390x.Machine.Images.Version(Image), Is.Null);
    }

    private string? Problem(byte[] content)
    {
        File.WriteAllBytes(Image, content);
        return S390x.Machine.Images.Problem(Image);
    }

    /// <summary>The parts of arch/s390/boot/head.S that are looked at.</summary>
    private static byte[] Whole()
    {
        const int Text = 0x300c0;
        var image = new byte[0x40000];
        ((byte[])[0x00, 0x08, 0x00, 0x00, 0x80, 0x00, 0x02, 0x00]).CopyTo(image, 0);
        "S390EP"u8.CopyTo(image.AsSpan(0x10008));
        BinaryPrimitives.WriteInt64BigEndian(image.AsSpan(0x10428), Text);
        Encoding.ASCII.GetBytes("6.12.107+deb13-s390x (a@b) #1 SMP Debian 6.12.107-1 (2026-08-29)").CopyTo(image, Text);
        return image;
    }
}
