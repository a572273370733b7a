namespace Harness.Machines.Images;

/// <summary>A section of an ELF object of 64 bits (elf(5)).</summary>
/// <param name="Type">Its <c>sh_type</c>.</param>
/// <param name="Flags">Its <c>sh_flags</c>.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Size">In bytes; of <see cref="NoBits"/> in memory, and the file has none of it.</param>
internal readonly record struct ElfSection(string Name, uint Type, ulong Flags, ulong Offset, ulong Size)
{
    public const uint ProgBits = 1; // SHT_PROGBITS
    public const uint SymbolTable = 2; // SHT_SYMTAB
    public const uint NoBits = 8; // SHT_NOBITS: global variables

    private const ulong Instructions = 4; // SHF_EXECINSTR

    /// <summary>It holds code.</summary>
    public bool IsExecutable => Type == ProgBits && (Flags & Instructions) != 0;
}
