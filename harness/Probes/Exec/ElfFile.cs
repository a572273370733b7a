using System.Buffers.Binary;
using System.Globalization;

namespace Harness.Probes.Exec;

/// <summary>What an ELF file (elf(5)) of 64 bits says about how it is run, and by what.</summary>
/// <param name="Machine">The number of its instructions (e_machine).</param>
/// <param name="IsProgram">It can be run or loaded; else it is an object file, or a core.</param>
/// <param name="Interpreter">The path of its dynamic loader (PT_INTERP); <c>null</c> of what is linked statically.
/// </param>
/// <param name="Dynamic">What its dynamic section says; <c>null</c> where it has none.</param>
internal sealed record ElfFile(int Machine, bool IsProgram, string? Interpreter, ElfDynamic? Dynamic)
{
    private const int HeaderSize = 64;
    private const int SegmentSize = 56;

    /// <summary>
    /// Of the table of segments, in bytes: the kernel takes no larger one (load_elf_phdrs() in fs/binfmt_elf.c).
    /// </summary>
    private const int LargestTable = 1 << 16;

    /// <summary>Of the dynamic section, in bytes. That of a library that needs 100 others has 2 KiB.</summary>
    private const long LargestDynamic = 1 << 16;

    /// <summary>In bytes (PATH_MAX).</summary>
    private const int LongestPath = 4096;

    private const byte Bits64 = 2; // ELFCLASS64
    private const byte BigEndian = 2; // ELFDATA2MSB

    private enum Segment : uint
    {
        Load = 1,
        Dynamic = 2,
        Interpreter = 3,
    }

    /// <summary>The machine in words.</summary>
    public string MachineName => NameOf(Machine);

    /// <summary>
    /// Reads headers and the dynamic section, as the kernel and the dynamic loader do. Nothing of what the file says is
    /// trusted, and of a file of any size some KiB are read.
    /// </summary>
    /// <param name="file">Is read and stays open.</param>
    /// <returns>The file; or why it cannot be used, as the rest of a sentence.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (ElfFile? File, string? Problem) Read(FileStream file)
    {
        try
        {
            var header = Bytes(file, 0, Math.Min(HeaderSize, file.Length));
            var isBigEndian = header.Length > 5 && header[5] == BigEndian;
            var machine = Number(header, 0x12, 2, isBigEndian);
            return header[4] == Bits64
                ? (Read(file, header, isBigEndian, (int)machine), null)
                : (null, $"is a program of 32 bits, for {NameOf((int)machine)}");
        }
        catch (FormatException)
        {
            return (null, "is an ELF file that is cut short or damaged");
        }
    }

    private static string NameOf(int machine) => ((ELFSharp.ELF.Machine)machine).ToString();

    private static ElfFile Read(FileStream file, byte[] header, bool isBigEndian, int machine)
    {
        var segments = Segments(file, header, isBigEndian);
        var loaded = segments.Where(s => s.Type == Segment.Load).ToList();
        if (loaded.Exists(s => s.Offset > (ulong)file.Length || s.Size > (ulong)file.Length - s.Offset))
        {
            throw new FormatException("a segment is not in the file");
        }
        var interpreter = segments.Find(s => s.Type == Segment.Interpreter);
        var dynamic = segments.Find(s => s.Type == Segment.Dynamic);
        return new ElfFile(
            machine,
            Number(header, 0x10, 2, isBigEndian) is 2 or 3, // ET_EXEC, ET_DYN
            interpreter.Size == 0 ? null : ElfDynamic.Text(Bytes(file, interpreter, LongestPath)),
            dynamic.Size == 0 ? null : ElfDynamic.Read(
                Bytes(file, dynamic, LargestDynamic), isBigEndian, (address, most) => At(file, loaded, address, most)));
    }

    private static List<(Segment Type, ulong Offset, ulong Address, ulong Size)> Segments(
        FileStream file, byte[] header, bool isBigEndian)
    {
        var table = Number(header, 0x20, 8, isBigEndian);
        var (size, count) = (Number(header, 0x36, 2, isBigEndian), (int)Number(header, 0x38, 2, isBigEndian));
        if (count > 0 && (size != SegmentSize || count > LargestTable / SegmentSize || table > (ulong)file.Length))
        {
            throw new FormatException("the table of segments is not one");
        }
        var bytes = count == 0 ? [] : Bytes(file, (long)table, count * SegmentSize);
        return
        [
            .. Enumerable.Range(0, count).Select(i => i * SegmentSize).Select(at => (
                (Segment)Number(bytes, at, 4, isBigEndian), Number(bytes, at + 0x08, 8, isBigEndian),
                Number(bytes, at + 0x10, 8, isBigEndian), Number(bytes, at + 0x20, 8, isBigEndian))),
        ];
    }

    /// <summary>What the dynamic loader finds at an address: so many bytes, or those up to a segment's end.</summary>
    private static byte[] At(
        FileStream file, List<(Segment Type, ulong Offset, ulong Address, ulong Size)> loaded, ulong address, int most)
    {
        var segment = loaded.Find(s => address >= s.Address && address - s.Address < s.Size);
        if (segment.Size == 0)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"no segment has the address {address:x}"));
        }
        var start = address - segment.Address;
        return Bytes(file, (long)(segment.Offset + start), (long)Math.Min((ulong)most, segment.Size - start));
    }

    /// <exception cref="FormatException">It is not in the file, or longer than any is.</exception>
    private static byte[] Bytes(
        FileStream file, (Segment Type, ulong Offset, ulong Address, ulong Size) segment, long most) =>
        segment.Size <= (ulong)most && segment.Offset <= (ulong)file.Length
            ? Bytes(file, (long)segment.Offset, (long)segment.Size)
            : throw new FormatException("a part is not in the file, or too long");

    private static byte[] Bytes(FileStream file, long offset, long length)
    {
        if (offset > file.Length - length)
        {
            throw new FormatException("a part is not in the file");
        }
        var bytes = new byte[length];
        file.Position = offset;
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            ? bytes
            : throw new FormatException("the file becomes shorter");
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, int at, int size, bool isBigEndian)
    {
        if (bytes.Length < at + size)
        {
            throw new FormatException("the header is cut off");
        }
        var part = bytes.Slice(at, size);
        return (size, isBigEndian) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16BigEndian(part),
            (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(part),
            (4, true) => BinaryPrimitives.ReadUInt32BigEndian(part),
            (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(part),
            (_, true) => BinaryPrimitives.ReadUInt64BigEndian(part),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(part),
        };
    }
}
