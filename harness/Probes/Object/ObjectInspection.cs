using ELFSharp.ELF;
using Harness.Machines.Images;

namespace Harness.Probes.Object;

/// <summary>What the host sees of an object before any kernel is asked: whether it is one, and what it lacks.</summary>
/// <param name="Content">Its bytes, as all guests get them; <c>null</c> for a file that is of no use.</param>
/// <param name="Refusal">
/// Why it is of no use, as the rest of a sentence: <c>is no ELF file</c>; else <c>null</c>.
/// </param>
/// <param name="Notes">What a reader should know of it, each as the rest of a sentence.</param>
internal sealed record ObjectInspection(byte[]? Content, string? Refusal, IReadOnlyList<string> Notes)
{
    /// <summary>In bytes. Objects of large projects are 2 MiB, mostly debugging information.</summary>
    public const int Largest = 16 << 20;

    /// <summary>
    /// Of programs, of maps and of the functions that programs call, together. Each program and map is a case, and
    /// large projects have hundreds in an object.
    /// </summary>
    public const int MostParts = 4096;

    /// <summary>In bytes: up to and with the machine.</summary>
    private const int ElfIdentity = 20;

    private const byte Bits64 = 2; // ELFCLASS64
    private const byte BigEndian = 2; // ELFDATA2MSB
    private const ushort Relocatable = 1; // ET_REL
    private const Machine Bpf = (Machine)247; // EM_BPF, of which ELFSharp has no name

    private const string Types = ".BTF";
    private const string DeclaredMaps = ".maps";
    private const string StructOps = ".struct_ops";
    private const string LegacyMaps = "maps";

    /// <summary>
    /// Programs for traffic control, which libbpf knows by these sections. Those of tcx need nothing of a module.
    /// </summary>
    private static readonly string[] _trafficControl = ["tc", "classifier"];

    /// <summary>What a kernel's own files have for it, where its programs are attached or not.</summary>
    public KernelWishes Wishes(bool attach) => new(attach && UsesTrafficControl ? ObjectKernel.TrafficControl : [])
    {
        Configuration = ReadsConfiguration,
    };

    /// <summary>It has variables with the kernel's options as their values (<c>extern … __kconfig</c>).</summary>
    public bool ReadsConfiguration { get; private init; }

    /// <summary>It has a program for the queueing discipline clsact.</summary>
    public bool UsesTrafficControl { get; private init; }

    /// <summary>How LLVM's intermediate code begins (llvm.org/docs/BitCodeFormat.html).</summary>
    private static readonly byte[] _bitcode = [(byte)'B', (byte)'C', 0xc0, 0xde];

    /// <summary>Reads the file once: guests get the bytes that were looked at.</summary>
    public static ObjectInspection Of(string path)
    {
        try
        {
            using var file = Files.OpenRegular(path);
            if (file.Length > Largest)
            {
                return Refused(FormattableString.Invariant($"is larger than {Largest >> 20} MiB"));
            }
            var content = new byte[file.Length];
            file.ReadExactly(content);
            return Of(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused($"cannot be read: {e.Message}");
        }
    }

    internal static ObjectInspection Of(byte[] content)
    {
        if (Head(content) is not { } head)
        {
            return Refused(content.AsSpan().StartsWith(_bitcode)
                ? "is LLVM's intermediate code and no ELF file; leave out -emit-llvm, or give it to llc -march=bpf"
                : content.Length == 0 ? "is empty" : "is no ELF file");
        }
        if (RefusalOf(head) is { } refusal)
        {
            return Refused(refusal);
        }
        var (sections, problem) = ElfSections.Read(content);
        return problem is not null ? Refused($"is damaged or cut off: {problem}")
            : !sections.Any(IsOfUse) ? Refused("has no programs and no maps")
            : ElfSections.CountParts(content, sections, DeclaredMaps, MostParts) > MostParts
                ? Refused(FormattableString.Invariant(
                    $"has more than {MostParts} programs, maps and functions, each of which would be asked about"))
            : new(content, null, [.. NotesOn(sections)])
            {
                ReadsConfiguration = NamesOptions(content, sections),
                UsesTrafficControl = sections.Any(s => _trafficControl.Contains(s.Name.Split('/')[0])),
            };
    }

    private static ObjectInspection Refused(string why) => new(null, why, []);

    /// <summary>What the first bytes of an ELF file say (elf(5)); <c>null</c> for another file.</summary>
    private static (byte Class, byte Order, ushort Type, Machine Machine)? Head(byte[] content) =>
        content.Length < ElfIdentity || !content.AsSpan().StartsWith("\u007fELF"u8)
            ? null
            : (content[4], content[5], BitConverter.ToUInt16(content, ElfIdentity - 4),
                (Machine)BitConverter.ToUInt16(content, ElfIdentity - 2));

    private static string? RefusalOf((byte Class, byte Order, ushort Type, Machine Machine) head) =>
        head.Order == BigEndian
            ? "is big-endian, and the guests are little-endian; compile with -target bpfel"
        : head.Machine is not (Bpf or Machine.None)
            ? $"is for {head.Machine} and not for BPF"
        : head.Type != Relocatable || head.Class != Bits64
            ? "is no object of a BPF compiler, which are relocatable 64-bit ELF files"
        : null;

    /// <summary>Whether it holds programs or maps.</summary>
    private static bool IsOfUse(ElfSection section) =>
        section.Size > 0 && (section.IsExecutable || section.Name is DeclaredMaps or StructOps or LegacyMaps);

    /// <summary>
    /// Whether its types have the section that libbpf fills in from the kernel's configuration, and an option's name.
    /// The kernel's version in it needs no file.
    /// </summary>
    private static bool NamesOptions(ReadOnlySpan<byte> content, IReadOnlyList<ElfSection> sections)
    {
        foreach (var types in sections.Where(s => s.Name == Types && s.Type != ElfSection.NoBits))
        {
            var names = content.Slice((int)types.Offset, (int)types.Size);
            if (names.IndexOf("\0.kconfig\0"u8) >= 0 && names.IndexOf("\0CONFIG_"u8) >= 0)
            {
                return true;
            }
        }
        return false;
    }

    private static IEnumerable<string> NotesOn(IReadOnlyList<ElfSection> all)
    {
        var sections = all.Where(s => s.Size > 0).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        if (!sections.Contains(Types))
        {
            yield return "has no BTF (compile with -g), so it is asked without CO-RE, and maps without types";
        }
        if (sections.Contains(LegacyMaps))
        {
            yield return "has map definitions of the old kind (SEC(\"maps\")), which libbpf takes no more since 1.0";
        }
    }
}
