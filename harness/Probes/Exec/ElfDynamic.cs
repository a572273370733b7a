using System.Buffers.Binary;
using System.Text;

namespace Harness.Probes.Exec;

/// <summary>What the dynamic section of an ELF file of 64 bits says of libraries.</summary>
/// <param name="Needed">The names of the libraries that it needs (DT_NEEDED).</param>
/// <param name="RPath">
/// Directories for its libraries, and for those that these need in turn (DT_RPATH), with colons between them.
/// </param>
/// <param name="RunPath">Directories for its own libraries (DT_RUNPATH), in the same form.</param>
/// <param name="WithoutDefaults">The usual directories are not searched for its libraries (DF_1_NODEFLIB).</param>
internal sealed record ElfDynamic(
    IReadOnlyList<string> Needed, string RPath, string RunPath, bool WithoutDefaults)
{
    private const int EntrySize = 16;
    private const ulong FlagNoDefaults = 0x800; // DF_1_NODEFLIB

    /// <summary>Of a library, in bytes (PATH_MAX).</summary>
    private const int LongestName = 4096;

    /// <summary>Of a list of directories, in bytes. Programs of Nix have some KiB.</summary>
    private const int LongestPaths = 16 << 10;

    /// <summary>The largest programs of desktops need some 100.</summary>
    private const int MostNeeded = 1000;

    private enum Tag
    {
        Null = 0,
        Needed = 1,
        StringTable = 5,
        RPath = 15,
        RunPath = 29,
        Flags1 = 0x6ffffffb,
    }

    /// <param name="section">The content of the dynamic segment.</param>
    /// <param name="read">The bytes at an address, at most so many of them.</param>
    /// <exception cref="FormatException">What it names is not there, or more than any program has.</exception>
    public static ElfDynamic Read(byte[] section, bool isBigEndian, Func<ulong, int, byte[]> read)
    {
        var entries = Entries(section, isBigEndian);
        var needed = entries.Where(entry => entry.Tag == (long)Tag.Needed).ToList();
        if (needed.Count > MostNeeded)
        {
            throw new FormatException("it needs more libraries than any program");
        }
        var table = Last(entries, Tag.StringTable);
        return new ElfDynamic(
            [.. needed.Select(entry => TextAt(entry.Value, LongestName))],
            PathsOf(Tag.RPath), PathsOf(Tag.RunPath), (Last(entries, Tag.Flags1) & FlagNoDefaults) > 0);

        // Of several lists, the loader knows the last one (elf_get_dynamic_info() in glibc).
        string PathsOf(Tag tag) => Last(entries, tag) is { } start ? TextAt(start, LongestPaths) : "";

        string TextAt(ulong start, int longest)
        {
            var bytes = table is { } address ? read(unchecked(address + start), longest + 1) : [];
            var text = Text(bytes);
            return bytes.Length <= longest || bytes.AsSpan().Contains((byte)0)
                ? text
                : throw new FormatException("a name is longer than any");
        }
    }

    /// <summary>A text that ends with a NUL, or with the bytes.</summary>
    /// <exception cref="FormatException">There are no bytes.</exception>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            throw new FormatException("a name is not in its table");
        }
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
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

    private static ulong? Last(List<(long Tag, ulong Value)> entries, Tag tag) =>
        entries.Where(entry => entry.Tag == (long)tag).Select(entry => (ulong?)entry.Value).LastOrDefault();
}
