using System.Buffers.Binary;
using System.Text;

namespace Harness.Machines.Images;

/// <summary>
/// The image that s390 kernels are installed as (arch/s390/boot/head.S): what the machine loads first, and from 64 KiB
/// on the code that unpacks the kernel.
/// </summary>
public sealed class IplImage : ImageFormat
{
    /// <summary>EP_OFFSET of arch/s390/include/asm/setup.h.</summary>
    private const int MagicOffset = 0x10008;

    /// <summary>KERNEL_VERSION_OFFSET there: where a pointer to a text is. The image is loaded at address 0.</summary>
    private const int VersionPointer = 0x10428;

    private static readonly byte[] _start = [0x00, 0x08, 0x00, 0x00, 0x80];

    public override string Name => "an image of s390 (no PSW that loads it at 0)";

    public override bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(_start);

    public override string? Problem(Stream image)
    {
        Span<byte> magic = stackalloc byte[6];
        image.Position = MagicOffset;
        return image.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length
            ? "is cut short: its entry is not there"
            : magic.SequenceEqual("S390EP"u8) ? null : "is no kernel of s390: it has no S390EP at 0x10008";
    }

    public override string? Banner(Stream image)
    {
        Span<byte> pointer = stackalloc byte[sizeof(ulong)];
        image.Position = VersionPointer;
        if (image.ReadAtLeast(pointer, pointer.Length, throwOnEndOfStream: false) < pointer.Length)
        {
            return null;
        }
        var at = BinaryPrimitives.ReadUInt64BigEndian(pointer);
        if (at == 0 || at >= (ulong)image.Length)
        {
            return null;
        }
        Span<byte> text = stackalloc byte[256];
        image.Position = (long)at;
        var length = image.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(text[..length]).Split('\0')[0];
    }
}
