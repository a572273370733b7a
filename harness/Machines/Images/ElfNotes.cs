using System.Buffers.Binary;

namespace Harness.Machines.Images;

/// <summary>Reads the notes of an ELF file (elf(5)).</summary>
internal static class ElfNotes
{
    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const uint NoteSegment = 4;
    private const uint PhysicalEntry = 18; // XEN_ELFNOTE_PHYS32_ENTRY, include/xen/interface/elfnote.h
    private const int MaximumNotes = 1 << 16;

    /// <summary>
    /// Whether an ELF file names a PVH entry point in a note (Documentation/virt, CONFIG_PVH). QEMU boots a kernel that
    /// has one directly.
    /// </summary>
    public static bool HasPvhEntry(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return HasPvhEntry(file);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc cref="HasPvhEntry(string)"/>
    public static bool HasPvhEntry(Stream file)
    {
        try
        {
            file.Position = 0;
            Span<byte> header = stackalloc byte[HeaderSize];
            file.ReadExactly(header);
            var is64Bit = BinaryPrimitives.ReadUInt32LittleEndian(header) == ElfKernel.Magic && header[4] == 2;
            var offset = (long)BinaryPrimitives.ReadUInt64LittleEndian(header[0x20..]);
            var count = BinaryPrimitives.ReadUInt16LittleEndian(header[0x38..]);
            return is64Bit && Enumerable.Range(0, count).Any(i => NoteAt(file, offset + (i * ProgramHeaderSize)));
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return false; // It is cut short, or no ELF file.
        }
    }

    /// <summary>Where the last segment of a 64-bit ELF file ends, in bytes.</summary>
    /// <returns><c>null</c> when not even the headers are whole.</returns>
    public static long? EndOfSegments(Stream file)
    {
        try
        {
            Span<byte> header = stackalloc byte[HeaderSize];
            file.Position = 0;
            file.ReadExactly(header);
            file.Position = (long)BinaryPrimitives.ReadUInt64LittleEndian(header[0x20..]);
            var end = 0L;
            for (var left = BinaryPrimitives.ReadUInt16LittleEndian(header[0x38..]); left > 0; left--)
            {
                Span<byte> segment = header[..ProgramHeaderSize];
                file.ReadExactly(segment);
                end = Math.Max(end, (long)(BinaryPrimitives.ReadUInt64LittleEndian(segment[8..])
                    + BinaryPrimitives.ReadUInt64LittleEndian(segment[0x20..])));
            }
            return end;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return null;
        }
    }

    private static bool NoteAt(Stream file, long programHeader)
    {
        Span<byte> header = stackalloc byte[ProgramHeaderSize];
        file.Position = programHeader;
        file.ReadExactly(header);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(header[0x20..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != NoteSegment || size > MaximumNotes)
        {
            return false;
        }
        var notes = new byte[size];
        file.Position = (long)BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
        file.ReadExactly(notes);
        return HasPhysicalEntry(notes);
    }

    private static bool HasPhysicalEntry(ReadOnlySpan<byte> notes)
    {
        while (notes.Length >= 12)
        {
            var name = (int)BinaryPrimitives.ReadUInt32LittleEndian(notes);
            var content = (int)BinaryPrimitives.ReadUInt32LittleEndian(notes[4..]);
            var type = BinaryPrimitives.ReadUInt32LittleEndian(notes[8..]);
            if (type == PhysicalEntry && name == 4 && notes[12..].StartsWith("Xen\0"u8))
            {
                return true;
            }
            var next = 12 + ((name + 3) & ~3) + ((content + 3) & ~3);
            if (next < 12 || next > notes.Length)
            {
                return false;
            }
            notes = notes[next..];
        }
        return false;
    }
}
