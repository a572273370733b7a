using System.Buffers.Binary;

namespace Harness.Probes.Object;

/// <summary>
/// Holds what an ELF file's headers say against its length. A library that reads such files believes them, and would
/// take as much memory as a damaged one asks for. Places and sizes are those of elf(5), for 64 bits.
/// </summary>
internal static class ElfExtent
{
    private const int Header = 64;
    private const int SectionHeader = 64;
    private const int NoBits = 8; // SHT_NOBITS: its size is one in memory, and the file has none of it.

    /// <summary>In bytes of memory, of a section of which the file has nothing: global variables.</summary>
    private const ulong LargestVariables = 1UL << 32;

    /// <returns>What does not fit, as a part of a sentence; <c>null</c> for a file that is whole.</returns>
    public static string? Problem(ReadOnlySpan<byte> file)
    {
        if (file.Length < Header)
        {
            return "the header is cut off";
        }
        var (table, programs) = (Long(file, 0x28), Short(file, 0x38));
        var (header, size, count) = (Short(file, 0x34), Short(file, 0x3a), Short(file, 0x3c));
        if (header != Header || size != SectionHeader || programs != 0)
        {
            return "the header is not that of an object";
        }
        var length = (ulong)file.Length;
        if (count == 0 || table < Header || table > length || length - table < (ulong)count * SectionHeader)
        {
            return "the table of its sections is cut off";
        }
        for (var i = 0; i < count; i++)
        {
            var section = file.Slice((int)table + i * SectionHeader, SectionHeader);
            var (type, offset, bytes) = (Int(section, 0x04), Long(section, 0x18), Long(section, 0x20));
            if (type == NoBits ? bytes > LargestVariables : offset > length || bytes > length - offset)
            {
                return FormattableString.Invariant($"section {i} is cut off");
            }
        }
        return null;
    }

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
