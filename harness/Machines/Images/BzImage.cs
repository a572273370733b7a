using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Harness.Machines.Images;

/// <summary>
/// The image that x86 kernels are installed as: a setup header (Documentation/arch/x86/boot.rst), code that unpacks the
/// kernel, and the compressed kernel.
/// </summary>
public sealed class BzImage : ImageFormat
{
    private const int SetupSectors = 0x1f1;
    private const int SystemSize = 0x1f4;
    private const int MagicOffset = 0x202;
    private const uint Magic = 0x53726448; // "HdrS"
    private const int Protocol = 0x206;
    private const int VersionPointer = 0x20e;
    private const int VersionBase = 0x200;
    private const int PayloadOffset = 0x248;
    private const int PayloadLength = 0x24c;
    private const int Sector = 512;
    private const int Paragraph = 16;

    /// <summary>All versions of the boot protocol with the magic number are 2.something.</summary>
    private const int ProtocolMajor = 2;

    /// <summary>The version of the boot protocol that brought payload_offset and payload_length.</summary>
    private const int ProtocolOfPayload = 0x208;

    public override string Name => "a bzImage (no HdrS at 0x202)";

    public override bool Matches(ReadOnlySpan<byte> head) =>
        BinaryPrimitives.ReadUInt32LittleEndian(head[MagicOffset..]) == Magic;

    /// <summary>
    /// The header declares how long the image is: the setup sectors, and the rest in paragraphs (syssize). What signs
    /// an image appends to it, so it may be longer, and the checksum at the end of the rest no longer fits.
    /// </summary>
    public override string? Problem(Stream image)
    {
        Span<byte> header = stackalloc byte[PayloadLength + 4];
        image.Position = 0;
        var length = image.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (BinaryPrimitives.ReadUInt16LittleEndian(header[Protocol..]) >> 8 != ProtocolMajor)
        {
            return null; // A protocol of which nothing is known declares nothing.
        }
        var declared = SetupLength(header)
            + (Paragraph * (long)BinaryPrimitives.ReadUInt32LittleEndian(header[SystemSize..]));
        return length == header.Length && image.Length >= declared ? null : string.Create(CultureInfo.InvariantCulture,
            $"is cut short: it has {image.Length} bytes of the {declared} that its header declares");
    }

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
        var offset = SetupLength(header) + (long)BinaryPrimitives.ReadUInt32LittleEndian(header[PayloadOffset..]);
        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(header[PayloadLength..]);
        return length < Sector || offset + length > image.Length ? null : PayloadAt(image, offset, length);
    }

    /// <summary>QEMU enters an unpacked kernel through its PVH entry point; without one it does not boot it.</summary>
    public override bool BootsUnpacked(string unpacked) => ElfNotes.HasPvhEntry(unpacked);

    /// <summary>Of the boot sector and the setup code, in bytes; 0 sectors mean 4.</summary>
    private static long SetupLength(ReadOnlySpan<byte> header) =>
        ((header[SetupSectors] == 0 ? 4 : header[SetupSectors]) + 1) * Sector;

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
