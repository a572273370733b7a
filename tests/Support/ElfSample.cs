using System.Buffers.Binary;

namespace Harness.Tests.Support;

/// <summary>ELF files (elf(5)) as kernels are: made up, with one segment, of notes.</summary>
internal static class ElfSample
{
    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;

    /// <summary>The note that names a PVH entry point (XEN_ELFNOTE_PHYS32_ENTRY).</summary>
    public static byte[] Pvh => Note("Xen\0", 18);

    /// <summary>One program header, of a segment of notes, and something that does not pack away behind it.</summary>
    /// <param name="instructions">The machine's number, e_machine: 62 is x86-64.</param>
    /// <param name="bits">The class: 2 is 64 bits.</param>
    public static byte[] Of(byte[] notes, ushort instructions = 62, byte bits = 2)
    {
        const int Notes = HeaderSize + ProgramHeaderSize;
        var elf = new byte[1 << 17];
        new Random(1).NextBytes(elf.AsSpan(4096));
        ((byte[])[0x7f, (byte)'E', (byte)'L', (byte)'F', bits, 1, 1]).CopyTo(elf, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(0x12), instructions);
        BinaryPrimitives.WriteInt64LittleEndian(elf.AsSpan(0x20), HeaderSize);
        BinaryPrimitives.WriteInt16LittleEndian(elf.AsSpan(0x38), 1);
        BinaryPrimitives.WriteInt32LittleEndian(elf.AsSpan(HeaderSize), 4);
        BinaryPrimitives.WriteInt64LittleEndian(elf.AsSpan(HeaderSize + 8), Notes);
        BinaryPrimitives.WriteInt64LittleEndian(elf.AsSpan(HeaderSize + 0x20), notes.Length);
        notes.CopyTo(elf, Notes);
        return elf;
    }

    public static byte[] Note(string owner, int type)
    {
        var note = new byte[12 + 4 + 4];
        BinaryPrimitives.WriteInt32LittleEndian(note, 4);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(4), 4);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(8), type);
        System.Text.Encoding.ASCII.GetBytes(owner).CopyTo(note, 12);
        // Another note before it, as in real kernels.
        byte[] other = [4, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, (byte)'G', (byte)'N', (byte)'U', 0, 1, 2, 3, 0];
        return [.. other, .. note];
    }
}
