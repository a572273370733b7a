using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Harness.Kernels;

/// <summary>Tells a kernel image from any other file before QEMU is asked to boot it.</summary>
public static partial class ImageFormat
{
    private const int HeaderMagicOffset = 0x202;
    internal const uint HeaderMagic = 0x53726448; // "HdrS", Documentation/arch/x86/boot.rst
    internal const uint ElfMagic = 0x464c457f;

    /// <summary>Why the file is no bootable image of the architecture, or <c>null</c> when it is one.</summary>
    public static string? Problem(string path, string arch)
    {
        Span<byte> head = stackalloc byte[0x210];
        int length;
        try
        {
            using var file = File.OpenRead(path);
            length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? $"no such file: {path}" : Directory.Exists(path) ? $"{path} is a directory" : e.Message;
        }
        if (length < head.Length)
        {
            return $"{path} is no kernel image: it has only {length} bytes";
        }
        var isElf = BinaryPrimitives.ReadUInt32LittleEndian(head) == ElfMagic;
        var isBzImage = BinaryPrimitives.ReadUInt32LittleEndian(head[HeaderMagicOffset..]) == HeaderMagic;
        return arch != "x86_64" || isElf || isBzImage
            ? null
            : $"{path} is no kernel image: neither a bzImage (no HdrS at 0x202) nor an ELF vmlinux";
    }

    /// <summary>
    /// The upstream version that a bzImage names in its setup header (kernel_version, Documentation/arch/x86/boot.rst);
    /// Debian's kernels name theirs behind an ABI number (<c>6.1.0-56-cloud-amd64 … Debian 6.1.192-2</c>). <c>null</c>
    /// when the file does not say, as a vmlinux does not.
    /// </summary>
    public static KernelVersion? Version(string path)
    {
        const int PointerOffset = 0x20e;
        const int PointerBase = 0x200;
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> head = stackalloc byte[PointerOffset + 2];
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
                || BinaryPrimitives.ReadUInt32LittleEndian(head[HeaderMagicOffset..]) != HeaderMagic)
            {
                return null;
            }
            file.Position = BinaryPrimitives.ReadUInt16LittleEndian(head[PointerOffset..]) + PointerBase;
            Span<byte> text = stackalloc byte[256];
            var banner = Encoding.ASCII.GetString(text[..file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)]).Split('\0')[0];
            return KernelVersion.TryParse(DebianVersion().Match(banner) is { Success: true } debian ? debian.Groups[1].Value : banner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Its row will say why.
        }
    }

    [GeneratedRegex(@" Debian (\d\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex DebianVersion();
}
