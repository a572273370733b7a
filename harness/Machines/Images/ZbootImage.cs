using System.Buffers.Binary;
using System.Globalization;

namespace Harness.Machines.Images;

/// <summary>
/// An EFI program that unpacks the kernel inside of it: the file <c>vmlinuz.efi</c> of a build with CONFIG_EFI_ZBOOT
/// (drivers/firmware/efi/libstub/zboot-header.S). QEMU boots it since 8.2, and what is inside always.
/// </summary>
/// <param name="inside">What is compressed.</param>
/// <param name="efiMachine">The machine's number in the headers of EFI programs (Machine of the PE format).</param>
public sealed class ZbootImage(FlatImage inside, ushort efiMachine) : ImageFormat
{
    private const int MagicOffset = 4;
    private const int PayloadOffset = 8;
    private const int PayloadLength = 12;
    private const int HeaderLength = 64;

    public override string Name => "an EFI program with a kernel inside (no zimg at 4)";

    public override bool Matches(ReadOnlySpan<byte> head) =>
        head.StartsWith("MZ"u8) && head[MagicOffset..].StartsWith("zimg"u8);

    public override string? Problem(Stream image) =>
        PeSections.MachineOf(image) is { } found && found != efiMachine
            ? string.Create(CultureInfo.InvariantCulture,
                $"is an EFI program of another machine: 0x{found:x}; wanted is 0x{efiMachine:x}")
            : PeSections.Problem(image);

    /// <summary>The header's length of the payload leaves out the unpacked size behind it.</summary>
    public override BootPayload? Payload(Stream image)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        image.Position = 0;
        image.ReadExactly(header);
        var offset = (long)BinaryPrimitives.ReadUInt32LittleEndian(header[PayloadOffset..]);
        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(header[PayloadLength..]);
        if (length < Compression.MagicLength || offset + length + sizeof(uint) > image.Length)
        {
            return null;
        }
        Span<byte> word = stackalloc byte[Compression.MagicLength];
        image.Position = offset;
        image.ReadExactly(word);
        if (Compression.Find(word) is not { } compression)
        {
            return null;
        }
        image.Position = offset + length;
        image.ReadExactly(word);
        var size = compression.AppendsSize ? BinaryPrimitives.ReadUInt32LittleEndian(word) : (uint?)null;
        return new BootPayload(offset, length, compression, size);
    }

    public override bool BootsUnpacked(string unpacked) => inside.IsIn(unpacked);
}
