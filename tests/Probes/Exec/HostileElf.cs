using System.Buffers.Binary;
using System.Text;
using Harness.Machines;

namespace Harness.Tests.Probes.Exec;

/// <summary>Programs whose dynamic section says what no linker writes (elf(5)).</summary>
internal static class HostileElf
{
    private const int Header = 64;
    private const int Segment = 56;
    private const int Entry = 16;

    /// <param name="count">How many libraries it needs, all of this name.</param>
    /// <param name="paths">Its DT_RPATH.</param>
    public static byte[] Needing(int count, string name, string paths)
    {
        byte[] names = [.. Encoding.ASCII.GetBytes(name), 0, .. Encoding.ASCII.GetBytes(paths), 0];
        (ulong Tag, ulong Value)[] entries =
        [
            .. Enumerable.Repeat((1UL, 0UL), count), // DT_NEEDED
            (15, (ulong)name.Length + 1), // DT_RPATH
            (5, (ulong)(Header + 2 * Segment + (count + 3) * Entry)), // DT_STRTAB
            (0, 0), // DT_NULL
        ];
        var dynamic = Header + 2 * Segment;
        var file = new byte[dynamic + entries.Length * Entry + names.Length];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(file, 0);
        Number(file, 0x10, 3, 2); // ET_DYN
        Number(file, 0x12, MachineList.Default.ElfMachine, 2);
        Number(file, 0x20, Header, 8);
        Number(file, 0x36, Segment, 2);
        Number(file, 0x38, 2, 2);
        WriteSegment(file, Header, 1, 0, (ulong)file.Length); // PT_LOAD
        WriteSegment(file, Header + Segment, 2, (ulong)dynamic, (ulong)(entries.Length * Entry)); // PT_DYNAMIC
        foreach (var (i, (tag, value)) in entries.Index())
        {
            Number(file, dynamic + i * Entry, tag, 8);
            Number(file, dynamic + i * Entry + 8, value, 8);
        }
        names.CopyTo(file, file.Length - names.Length);
        return file;
    }

    /// <summary>One whose address is its place in the file.</summary>
    private static void WriteSegment(byte[] file, int at, ulong type, ulong offset, ulong size)
    {
        Number(file, at, type, 4);
        Number(file, at + 0x08, offset, 8);
        Number(file, at + 0x10, offset, 8);
        Number(file, at + 0x20, size, 8);
    }

    private static void Number(byte[] file, int at, ulong value, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes[..size].CopyTo(file.AsSpan(at));
    }
}
