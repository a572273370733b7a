using System.Buffers.Binary;

namespace Harness.Kernels;

/// <summary>Where in a bzImage the compressed kernel lies, and how it is compressed.</summary>
/// <param name="Decompressor">The program that unpacks it from standard input, with its arguments.</param>
/// <param name="Size">Of the unpacked kernel in bytes, where the payload says so behind its end; gzip keeps its own.</param>
public sealed record BootPayload(long Offset, long Length, IReadOnlyList<string> Decompressor, uint? Size)
{
    private const int SetupSectors = 0x1f1;
    private const int Magic = 0x202;
    private const int Protocol = 0x206;
    private const int PayloadOffset = 0x248;
    private const int PayloadLength = 0x24c;
    private const int Sector = 512;

    private static readonly (byte[] Magic, string[] Command)[] _formats =
    [
        ([0x28, 0xb5, 0x2f, 0xfd], ["zstd", "-dcq"]),
        ([0x02, 0x21, 0x4c, 0x18], ["lz4", "-dcq"]),
        ([0xfd, 0x37, 0x7a, 0x58], ["xz", "-dcq"]),
        ([0x1f, 0x8b], ["gzip", "-dcq"]),
        ([0x42, 0x5a, 0x68], ["bzip2", "-dcq"]),
        ([0x5d, 0x00, 0x00], ["xz", "--format=lzma", "-dcq"]),
        ([0x89, 0x4c, 0x5a, 0x4f], ["lzop", "-dcq"]),
    ];

    /// <summary>The programs that unpack all formats.</summary>
    public static IEnumerable<string> Decompressors => _formats.Select(f => f.Command[0]).Distinct();

    /// <summary>
    /// Reads the setup header (Documentation/arch/x86/boot.rst: payload_offset and payload_length, protocol 2.08);
    /// <c>null</c> when the file is no bzImage, or its payload is of no known format.
    /// </summary>
    public static BootPayload? Find(Stream image)
    {
        Span<byte> header = stackalloc byte[PayloadLength + 4];
        if (image.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(header[Magic..]) != ImageFormat.HeaderMagic
            || BinaryPrimitives.ReadUInt16LittleEndian(header[Protocol..]) < 0x208)
        {
            return null;
        }
        var sectors = header[SetupSectors] == 0 ? 4 : header[SetupSectors];
        var offset = ((sectors + 1) * Sector) + (long)BinaryPrimitives.ReadUInt32LittleEndian(header[PayloadOffset..]);
        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(header[PayloadLength..]);
        if (length < Sector || offset + length > image.Length)
        {
            return null;
        }
        return Format(image, offset, length);
    }

    private static BootPayload? Format(Stream image, long offset, long length)
    {
        Span<byte> start = stackalloc byte[4];
        image.Position = offset;
        image.ReadExactly(start);
        foreach (var (magic, command) in _formats)
        {
            if (!start.StartsWith(magic))
            {
                continue;
            }
            if (command[0] == "gzip")
            {
                return new BootPayload(offset, length, command, null);
            }
            // All but gzip have the size appended by the kernel's build (scripts/Makefile.lib: size_append).
            Span<byte> size = stackalloc byte[4];
            image.Position = offset + length - size.Length;
            image.ReadExactly(size);
            return new BootPayload(offset, length - size.Length, command, BinaryPrimitives.ReadUInt32LittleEndian(size));
        }
        return null;
    }
}
