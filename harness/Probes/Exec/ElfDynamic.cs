using System.Buffers.Binary;
using System.Text;

namespace Harness.Probes.Exec;

/// <summary>What the dynamic section of an ELF file of 64 bits says of libraries.</summary>
/// <param name="Needed">The names of the libraries that it needs (DT_NEEDED).</param>
/// <param name="RPath">Directories for its libraries, and for those that these need in turn (DT_RPATH).</param>
/// <param name="RunPath">Directories for its own libraries (DT_RUNPATH).</param>
/// <param name="WithoutDefaults">The usual directories are not searched for its libraries (DF_1_NODEFLIB).</param>
internal sealed record ElfDynamic(
    IReadOnlyList<string> Needed, IReadOnlyList<string> RPath, IReadOnlyList<string> RunPath, bool WithoutDefaults)
{
    private const int EntrySize = 16;
    private const ulong FlagNoDefaults = 0x800; // DF_1_NODEFLIB

    private enum Tag
    {
        Null = 0,
        Needed = 1,
        StringTable = 5,
        StringTableSize = 10,
        RPath = 15,
        RunPath = 29,
        Flags1 = 0x6ffffffb,
    }

    /// <param name="section">The content of the dynamic segment.</param>
    /// <param name="read">The bytes at an address, so many of them.</param>
    /// <exception cref="FormatException">What it names is not there.</exception>
    public static ElfDynamic Read(byte[] section, bool isBigEndian, Func<ulong, ulong, byte[]> read)
    {
        var entries = Entries(section, isBigEndian);
        var names = First(entries, Tag.StringTable) is { } address
            ? read(address, First(entries, Tag.StringTableSize) ?? 0) : [];
        return new ElfDynamic(
            [.. Texts(entries, Tag.Needed, names)],
            [.. Texts(entries, Tag.RPath, names).SelectMany(Paths)],
            [.. Texts(entries, Tag.RunPath, names).SelectMany(Paths)],
            (First(entries, Tag.Flags1) & FlagNoDefaults) > 0);
    }

    /// <summary>A text that ends with a NUL, or with the bytes.</summary>
    /// <exception cref="FormatException">It begins behind the bytes.</exception>
    public static string Text(ReadOnlySpan<byte> bytes, ulong start = 0)
    {
        if (start >= (ulong)bytes.Length)
        {
            throw new FormatException("a name is not in its table");
        }
        var rest = bytes[(int)start..];
        var end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    /// <summary>The paths of a list that colons part.</summary>
    public static IReadOnlyList<string> Paths(string list) =>
        list.Split(':', StringSplitOptions.RemoveEmptyEntries);

    private static List<(long Tag, ulong Value)> Entries(byte[] section, bool isBigEndian)
    {
        var entries = new List<(long, ulong)>();
        for (var at = 0; at + EntrySize <= section.Length; at += EntrySize)
        {
            var entry = section.AsSpan(at, EntrySize);
            var tag = isBigEndian
                ? BinaryPrimitives.ReadInt64BigEndian(entry) : BinaryPrimitives.ReadInt64LittleEndian(entry);
            if (tag == (long)Tag.Null)
            {
                break;
            }
            entries.Add((tag, isBigEndian
                ? BinaryPrimitives.ReadUInt64BigEndian(entry[8..])
                : BinaryPrimitives.ReadUInt64LittleEndian(entry[8..])));
        }
        return entries;
    }

    private static ulong? First(List<(long Tag, ulong Value)> entries, Tag tag) =>
        entries.Where(entry => entry.Tag == (long)tag).Select(entry => (ulong?)entry.Value).FirstOrDefault();

    private static IEnumerable<string> Texts(List<(long Tag, ulong Value)> entries, Tag tag, byte[] names) =>
        entries.Where(entry => entry.Tag == (long)tag).Select(entry => Text(names, entry.Value));
}
