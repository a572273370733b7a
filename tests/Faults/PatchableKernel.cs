using System.Buffers.Binary;
using System.Text;
using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Faults;

/// <summary>An unpacked kernel (vmlinux), of which copies with faults are made.</summary>
internal sealed class PatchableKernel(string path)
{
    /// <summary>The length of each text in <c>struct new_utsname</c> (include/uapi/linux/utsname.h).</summary>
    private const int UtsField = 65;

    /// <summary>The length of the name in <c>struct console</c> (include/linux/console.h).</summary>
    private const int ConsoleName = 16;

    private readonly byte[] _kernel = File.ReadAllBytes(path);

    /// <summary>The kernel's host name, which uname(2) gives until somebody sets another.</summary>
    public IReadOnlyList<Patch> HostName(string name)
    {
        var before = Field("Linux", UtsField);
        return
        [
            .. Places([.. before, .. Field("(none)", UtsField)])
                .Select(at => new Patch(at + before.Length, Field(name, UtsField))),
        ];
    }

    /// <summary>Machine code at the place where QEMU enters the kernel, in 32-bit mode without paging.</summary>
    /// <param name="code">Makes the code, given the address where it will lie.</param>
    public IReadOnlyList<Patch> Entry(Func<uint, byte[]> code)
    {
        // The note XEN_ELFNOTE_PHYS32_ENTRY (18): the lengths of its owner's name and of its content, its type.
        var note = Places([4, 0, 0, 0, 8, 0, 0, 0, 18, 0, 0, 0, .. "Xen\0"u8]).Single();
        var address = BinaryPrimitives.ReadUInt32LittleEndian(_kernel.AsSpan(note + 16));
        return [new Patch(OffsetOf(address), code(address))];
    }

    /// <summary>A text everywhere, with what ends it, by another of the same length.</summary>
    public IReadOnlyList<Patch> Text(string old, string other) =>
        [.. Places(Field(old, old.Length + 1)).Select(at => new Patch(at, Encoding.ASCII.GetBytes(other)))];

    /// <summary>The driver of serial consoles has another name, so that no <c>console=</c> finds it.</summary>
    public IReadOnlyList<Patch> NoSerialConsole() =>
        [.. Places(Field("ttyS", ConsoleName)).Select(at => new Patch(at, Field("none", ConsoleName)))];

    /// <summary>Writes a copy with these patches; they must not be empty.</summary>
    public async Task WriteAsync(string copy, IReadOnlyList<Patch> patches)
    {
        Assert.That(patches, Is.Not.Empty, $"{path} has no place for the fault of {copy}");
        await new Command("cp").WithArguments(["--sparse=always", path, copy]).RunAsync(CancellationToken.None);
        using var file = File.OpenHandle(copy, FileMode.Open, FileAccess.Write);
        foreach (var patch in patches)
        {
            RandomAccess.Write(file, patch.Bytes, patch.Offset);
        }
    }

    private static byte[] Field(string text, int length)
    {
        var field = new byte[length];
        Encoding.ASCII.GetBytes(text, field);
        return field;
    }

    private List<int> Places(ReadOnlySpan<byte> bytes)
    {
        var places = new List<int>();
        for (var from = 0; _kernel.AsSpan(from).IndexOf(bytes) is >= 0 and var at; from = places[^1] + 1)
        {
            places.Add(from + at);
        }
        return places;
    }

    /// <summary>The place in the file of a physical address (the program headers of elf(5)).</summary>
    private int OffsetOf(uint address)
    {
        const int HeaderSize = 56;
        var headers = (int)BinaryPrimitives.ReadUInt64LittleEndian(_kernel.AsSpan(0x20));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(_kernel.AsSpan(0x38));
        for (var i = 0; i < count; i++)
        {
            var header = _kernel.AsSpan(headers + (i * HeaderSize), HeaderSize);
            var offset = BinaryPrimitives.ReadUInt64LittleEndian(header[0x08..]);
            var start = BinaryPrimitives.ReadUInt64LittleEndian(header[0x18..]);
            var length = BinaryPrimitives.ReadUInt64LittleEndian(header[0x20..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) == 1 && address >= start && address < start + length)
            {
                return (int)(offset + address - start);
            }
        }
        throw new InvalidDataException($"{path} has nothing at the address {address:x}");
    }
}
