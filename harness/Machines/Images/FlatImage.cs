using System.Buffers.Binary;

namespace Harness.Machines.Images;

/// <summary>
/// A kernel as it lies in memory, behind a header of 64 bytes (Documentation/arch/arm64/booting.rst and
/// Documentation/arch/riscv/boot-image-header.rst): the file <c>Image</c> of a build.
/// </summary>
/// <param name="architecture">The kernel's name of it.</param>
/// <param name="magic">The header's magic number, as it stands in the file.</param>
public sealed class FlatImage(string architecture, string magic) : ImageFormat
{
    /// <summary>How many bytes <see cref="Begins"/> reads.</summary>
    internal const int HeadLength = MagicOffset + sizeof(uint);

    private const int MagicOffset = 0x38;

    public override string Name => $"an Image of {architecture} (no {magic[..3]} at 0x38)";

    public override bool Matches(ReadOnlySpan<byte> head) =>
        head.Length >= HeadLength
        && BinaryPrimitives.ReadUInt32LittleEndian(head[MagicOffset..]) == Number;

    /// <summary>The header's image_size counts what is cleared at the start, and so says nothing here.</summary>
    public override string? Problem(Stream image) => PeSections.Problem(image);

    public override string? Banner(Stream image)
    {
        image.Position = 0;
        return KernelBanner.Find(image);
    }

    /// <summary>Whether a file is such an image.</summary>
    internal bool IsIn(string path)
    {
        using var file = File.OpenRead(path);
        return Begins(file);
    }

    /// <summary>Whether what follows in a stream is such an image.</summary>
    internal bool Begins(Stream kernel)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        return kernel.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && Matches(head);
    }

    private uint Number =>
        magic[0] | ((uint)magic[1] << 8) | ((uint)magic[2] << 16) | ((uint)magic[3] << 24);
}
