using System.Buffers.Binary;

namespace Harness.Kernels;

/// <summary>Tells a kernel image from any other file before QEMU is asked to boot it.</summary>
public static class ImageFormat
{
    private const int HeaderMagicOffset = 0x202;
    private const uint HeaderMagic = 0x53726448; // "HdrS", Documentation/arch/x86/boot.rst
    private const uint ElfMagic = 0x464c457f;

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
            return e is FileNotFoundException or DirectoryNotFoundException ? $"no such file: {path}" : e.Message;
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
}
