using System.Globalization;
using ELFSharp.ELF;
using ELFSharp.ELF.Segments;

namespace Harness.Probes.Exec;

/// <summary>What an ELF file (elf(5)) of 64 bits says about how it is run, and by what.</summary>
/// <param name="Machine">The number of its instructions (e_machine).</param>
/// <param name="MachineName">The same in words.</param>
/// <param name="IsProgram">It can be run or loaded; else it is an object file, or a core.</param>
/// <param name="Interpreter">The path of its dynamic loader (PT_INTERP); <c>null</c> of what is linked statically.
/// </param>
/// <param name="Dynamic">What its dynamic section says; <c>null</c> where it has none.</param>
internal sealed record ElfFile(
    int Machine, string MachineName, bool IsProgram, string? Interpreter, ElfDynamic? Dynamic)
{
    /// <summary>Of the parts that are read, in bytes. Those of real programs have a few KiB.</summary>
    private const long MostRead = 1 << 20;

    /// <summary>Reads headers and the dynamic section; nothing of what the file says is trusted.</summary>
    /// <param name="file">Is read and stays open.</param>
    /// <returns>The file; or why it cannot be used, as the rest of a sentence.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (ElfFile? File, string? Problem) Read(FileStream file)
    {
        try
        {
            file.Position = 0;
            using var elf = ELFReader.Load(file, shouldOwnStream: false);
            return elf is ELF<ulong> wide
                ? (Read(file, wide), null)
                : (null, $"is a program of 32 bits, for {elf.Machine}");
        }
        // ELFSharp throws whatever comes of a number that is out of its range.
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or OverflowException
            or IndexOutOfRangeException or EndOfStreamException or FormatException or NotSupportedException
            or OutOfMemoryException or KeyNotFoundException or InvalidDataException)
        {
            return (null, "is an ELF file that is cut short or damaged");
        }
    }

    private static ElfFile Read(FileStream file, ELF<ulong> elf)
    {
        var segments = elf.Segments.ToList();
        var loaded = segments.Where(s => s.Type == SegmentType.Load).ToList();
        var interpreter = segments.FirstOrDefault(s => s.Type == SegmentType.Interpreter);
        var dynamic = segments.FirstOrDefault(s => s.Type == SegmentType.Dynamic);
        return new ElfFile(
            (int)elf.Machine,
            elf.Machine.ToString(),
            elf.Type is FileType.Executable or FileType.SharedObject,
            interpreter is null ? null : ElfDynamic.Text(Bytes(file, interpreter.Offset, interpreter.FileSize)),
            dynamic is null ? null : ElfDynamic.Read(
                Bytes(file, dynamic.Offset, dynamic.FileSize),
                elf.Endianess == ELFSharp.Endianess.BigEndian,
                (address, length) => At(file, loaded, address, length)));
    }

    /// <summary>What the dynamic loader would find at an address.</summary>
    private static byte[] At(FileStream file, List<Segment<ulong>> loaded, ulong address, ulong length)
    {
        var segment = loaded.Find(s => address >= s.Address && address - s.Address < (ulong)s.FileSize)
            ?? throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"no segment has the address {address:x}"));
        return Bytes(file, checked((long)(address - segment.Address) + segment.Offset), checked((long)length));
    }

    /// <exception cref="FormatException">The file has no such part, or it is longer than any is.</exception>
    private static byte[] Bytes(FileStream file, long offset, ulong length) =>
        Bytes(file, offset, checked((long)length));

    private static byte[] Bytes(FileStream file, long offset, long length)
    {
        if (offset < 0 || length is < 0 or > MostRead || offset > file.Length - length)
        {
            throw new FormatException("a part is not in the file");
        }
        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }
}
