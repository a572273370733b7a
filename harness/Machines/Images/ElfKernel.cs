using System.Buffers.Binary;
using System.Globalization;

namespace Harness.Machines.Images;

/// <summary>An unpacked kernel, as the linker makes it.</summary>
/// <param name="instructions">The machine's number in ELF headers (e_machine of elf(5)).</param>
/// <param name="lowest">
/// The lowest address at which a kernel of the machine begins, where no program does. <c>null</c> where QEMU enters ELF
/// files through their PVH entry point, which only kernels have.
/// </param>
public sealed class ElfKernel(ushort instructions, ulong? lowest = null) : ImageFormat
{
    /// <summary>The first four bytes of each ELF file (elf(5)), read as a little-endian number.</summary>
    internal const uint Magic = 0x464c457f;

    private const int Class = 4;
    private const byte Class64 = 2;
    private const int InstructionsOffset = 0x12;
    private const int EntryOffset = 0x18;

    public override string Name => "an ELF vmlinux";

    public override bool Matches(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32LittleEndian(head) == Magic;

    /// <summary>A kernel of another machine, or a program.</summary>
    public override string? Problem(Stream image)
    {
        Span<byte> head = stackalloc byte[EntryOffset + sizeof(ulong)];
        image.Position = 0;
        image.ReadExactly(head);
        var found = BinaryPrimitives.ReadUInt16LittleEndian(head[InstructionsOffset..]);
        if (head[Class] != Class64 || found != instructions)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"is an ELF file of another machine: {(head[Class] == Class64 ? 64 : 32)} bits, e_machine {found};")
                + string.Create(CultureInfo.InvariantCulture, $" wanted are 64 bits, e_machine {instructions}");
        }
        if (ElfNotes.EndOfSegments(image) is not { } declared)
        {
            return "is cut short: its headers are not whole";
        }
        return declared > image.Length
            ? string.Create(CultureInfo.InvariantCulture,
                $"is cut short: it has {image.Length} bytes of the {declared} that its headers declare")
            : ProblemOfEntry(image, BinaryPrimitives.ReadUInt64LittleEndian(head[EntryOffset..]));
    }

    public override string? Banner(Stream image)
    {
        image.Position = 0;
        return KernelBanner.Find(image);
    }

    private string? ProblemOfEntry(Stream image, ulong entry) => lowest switch
    {
        { } address when entry < address => $"is an ELF file that begins at 0x{entry:x}: no kernel",
        null when !ElfNotes.HasPvhEntry(image) =>
            "is an ELF file without a PVH entry point: no kernel, or one built without CONFIG_PVH",
        _ => null,
    };
}
