using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Harness.Tests.Support;

/// <summary>Images of arm64 as builds leave them: made up, with the headers of an EFI program.</summary>
internal static class FlatImageSample
{
    public const int Length = 1 << 17;

    private const int PeOffset = 0x40;
    private const int OptionalHeader = PeOffset + 24;
    private const int OptionalHeaderLength = 240;

    /// <summary>An Image of one section, up to its end, with a banner in the middle.</summary>
    public static byte[] Of(string banner, string magic = "ARMd")
    {
        var image = new byte[Length];
        new Random(1).NextBytes(image.AsSpan(4096));
        "MZ"u8.CopyTo(image);
        Encoding.ASCII.GetBytes(magic).CopyTo(image, 0x38);
        AddPeHeaders(image);
        Encoding.ASCII.GetBytes($"Linux version %s\n\0Linux version {banner}\n\0").CopyTo(image, Length / 2);
        return image;
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }
        return packed.ToArray();
    }

    /// <summary>An EFI program with a compressed kernel inside (drivers/firmware/efi/libstub/zboot-header.S).</summary>
    /// <param name="machine">The number of its machine in PE headers.</param>
    public static byte[] Zboot(byte[] packed, int machine = 0xaa64)
    {
        const int Offset = 4096;
        var image = new byte[Offset + packed.Length + 64];
        "MZ\0\0zimg"u8.CopyTo(image);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(8), Offset);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(12), packed.Length);
        packed.CopyTo(image, Offset);
        AddPeHeaders(image, machine);
        return image;
    }

    /// <summary>The PE format: signature, file header, optional header of 64 bits, one section.</summary>
    private static void AddPeHeaders(byte[] image, int machine = 0xaa64)
    {
        void Write16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at), (ushort)value);
        void Write32(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(at), value);

        Write32(0x3c, PeOffset);
        "PE\0\0"u8.CopyTo(image.AsSpan(PeOffset));
        Write16(PeOffset + 4, machine);
        Write16(PeOffset + 6, 1);
        Write16(PeOffset + 20, OptionalHeaderLength);
        Write16(OptionalHeader, 0x20b);
        Write32(OptionalHeader + 108, 16);
        ".text"u8.CopyTo(image.AsSpan(OptionalHeader + OptionalHeaderLength));
        Write32(OptionalHeader + OptionalHeaderLength + 16, image.Length - 4096);
        Write32(OptionalHeader + OptionalHeaderLength + 20, 4096);
    }
}
