using System.Buffers.Binary;

namespace Harness.Machines.Images;

/// <summary>An unpacked kernel, as the linker makes it.</summary>
public sealed class ElfKernel : ImageFormat
{
    /// <summary>The first four bytes of each ELF file (elf(5)), read as a little-endian number.</summary>
    internal const uint Magic = 0x464c457f;

    public override string Name => "an ELF vmlinux";

    public override bool Matches(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32LittleEndian(head) == Magic;
}
