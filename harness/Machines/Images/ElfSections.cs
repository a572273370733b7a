using System.Buffers.Binary;
using System.Text;

namespace Harness.Machines.Images;

/// <summary>
/// Reads what an ELF object's headers say, and holds all of it against the file's length. A library for such files
/// would believe them, and take as much memory as a damaged one asks for. Places and sizes are those of elf(5), for 64
/// bits.
/// </summary>
internal static class ElfSections
{
    private const int Header = 64;
    private const int SectionHeader = 64;
    private const int Symbol = 24;
    private const int Variable = 1; // STT_OBJECT
    private const int Function = 2; // STT_FUNC

    /// <summary>In bytes of memory, of a section of which the file has nothing: global variables.</summary>
    private const ulong LargestVariables = 1UL << 32;

    /// <summary>In bytes: the longest names say what a program is attached to, and have a few hundred.</summary>
    private const int LongestName = 1024;

    /// <returns>The sections in their order; or what does not fit, as a part of a sentence.</returns>
    public static (IReadOnlyList<ElfSection> Sections, string? Problem) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < Header)
        {
            return ([], "the header is cut off");
        }
        var (table, programs) = (Long(file, 0x28), Short(file, 0x38));
        var (header, size, count) = (Short(file, 0x34), Short(file, 0x3a), Short(file, 0x3c));
        if (header != Header || size != SectionHeader || programs != 0)
        {
            return ([], "the header is not that of an object");
        }
        var length = (ulong)file.Length;
        if (count == 0 || table < Header || table > length || length - table < (ulong)count * SectionHeader)
        {
            return ([], "the table of its sections is cut off");
        }
        var headers = file.Slice((int)table, count * SectionHeader);
        for (var i = 0; i < count; i++)
        {
            var (type, offset, bytes) = Extent(headers, i);
            if (type == ElfSection.NoBits ? bytes > LargestVariables : offset > length || bytes > length - offset)
            {
                return ([], FormattableString.Invariant($"section {i} is cut off"));
            }
        }
        return Named(file, headers, Short(file, 0x3e));
    }

    /// <summary>
    /// How many functions and declared maps there are: programs, maps and functions that programs call. Of a symbol
    /// table with more than <paramref name="most"/> of them, the rest is not counted.
    /// </summary>
    public static int CountParts(ReadOnlySpan<byte> file, IReadOnlyList<ElfSection> sections, string maps, int most)
    {
        var count = 0;
        foreach (var table in sections.Where(section => section.Type == ElfSection.SymbolTable))
        {
            var symbols = file.Slice((int)table.Offset, (int)table.Size);
            for (; symbols.Length >= Symbol && count <= most; symbols = symbols[Symbol..])
            {
                var (type, place) = (symbols[4] & 0xf, Short(symbols, 6));
                count += type == Function
                    || (type == Variable && place < sections.Count && sections[place].Name == maps) ? 1 : 0;
            }
        }
        return count;
    }

    private static (IReadOnlyList<ElfSection> Sections, string? Problem) Named(
        ReadOnlySpan<byte> file, ReadOnlySpan<byte> headers, int names)
    {
        var count = headers.Length / SectionHeader;
        var (type, start, size) = names < count ? Extent(headers, names) : default;
        var table = type == ElfSection.NoBits ? [] : file.Slice((int)start, (int)size);
        var sections = new List<ElfSection>(count);
        for (var i = 0; i < count; i++)
        {
            var header = headers[(i * SectionHeader)..];
            var name = Int(header, 0) is var at && at < table.Length ? table[(int)at..] : [];
            var end = name[..Math.Min(name.Length, LongestName)].IndexOf((byte)0);
            if (end < 0)
            {
                return ([], FormattableString.Invariant($"section {i} has no name, or a longer one than any"));
            }
            var (kind, offset, bytes) = Extent(headers, i);
            sections.Add(new(Encoding.UTF8.GetString(name[..end]), kind, Long(header, 0x08), offset, bytes));
        }
        return (sections, null);
    }

    private static (uint Type, ulong Offset, ulong Size) Extent(ReadOnlySpan<byte> headers, int index)
    {
        var header = headers[(index * SectionHeader)..];
        return (Int(header, 0x04), Long(header, 0x18), Long(header, 0x20));
    }

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
