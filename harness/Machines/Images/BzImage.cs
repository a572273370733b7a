using System.Buffers.Binary;
using System.Text;

namespace Harness.Machines.Images;

/// <summary>
/// The image that x86 kernels are installed as: a setup header (Documentation/arch/x86/boot.rst), code that unpacks the
/// kernel, and the compressed kernel.
/// </summary>
public sealed class BzImage : ImageFormat
{
    private const int SetupSectors = 0x1f1;
    private const int MagicOffset = 0x202;
    private const uint Magic = 0x53726448; // "HdrS"
    private const int Protocol = 0x206;
    private const int VersionPointer = 0x20e;
    private const int VersionBase = 0x200;
    private const int PayloadOffset = 0x248;
    private const int PayloadLength = 0x24c;
    private const int Sector = 512;

    /// <summary>The version of the boot protocol that brought payload_offset and payload_length.</summary>
    private const int ProtocolOfPayload = 0x208;

    public override string Name => "a bzImage (no HdrS at 0x202)";

    public override bool Matches(ReadOnlySpan<byte> head) =>
        BinaryPrimitives.ReadUInt32LittleEndian(head[MagicOffset..]) == Magic;

    /// <summary>The text that the header's field kernel_version points to.</summary>
    public override string? Banner(Stream image)
    {
        Span<byte> pointer = stackalloc byte[2];
        image.Position = VersionPointer;
        image.ReadExactly(pointer);
        image.Position = BinaryPrimitives.ReadUInt16LittleEndian(pointer) + VersionBase;
        Span<byte> text = stackalloc byte[256];
        var length = image.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(text[..length]).Split('\0')[0];
    }

    public override BootPayload? Payload(Stream image)
    {
        Span<byte> header = stackalloc byte[PayloadLength + 4];
        image.Position = 0;
        if (image.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || BinaryPrimitives.ReadUInt16LittleEndian(header[Protocol..]) < ProtocolOfPayload)
        {
            return null;
        }
        var sectors = header[SetupSectors] == 0 ? 4 : header[SetupSectors];
        var offset = ((sectors + 1) * Sector) + (long)BinaryPrimitives.ReadUInt32LittleEndian(header[PayloadOffset..]);
        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(header[PayloadLength..]);
        return length < Sector || offset + length > image.Length ? null : PayloadAt(image, offset, length);
    }

    /// <summary>QEMU enters an unpacked kernel through its PVH entry point; without one it does not boot it.</summary>
    public override bool BootsUnpacked(string unpacked) => ElfNotes.HasPvhEntry(unpacked);

    private static BootPayload? PayloadAt(Stream image, long offset, long length)
    {
        Span<byte> bytes = stackalloc byte[Compression.MagicLength];
        image.Position = offset;
        image.ReadExactly(bytes);
        if (Compression.Find(bytes) is not { } compression)
        {
            return null;
        }
        if (!compression.AppendsSize)
        {
            return new BootPayload(offset, length, compression, null);
        }
        Span<byte> size = stackalloc byte[sizeof(uint)];
        image.Position = offset + length - size.Length;
        image.ReadExactly(size);
        var unpacked = BinaryPrimitives.ReadUInt32LittleEndian(size);
        return new BootPayload(offset, length - size.Length, compression, unpacked);
    }
}
