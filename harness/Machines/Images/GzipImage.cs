using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Harness.Machines.Images;

/// <summary>A compressed image: the file <c>Image.gz</c> of a build, which QEMU unpacks.</summary>
/// <param name="inside">What is compressed.</param>
public sealed class GzipImage(FlatImage inside) : ImageFormat
{
    public override string Name => "one that gzip compressed";

    public override bool Matches(ReadOnlySpan<byte> head) => head is [0x1f, 0x8b, ..];

    public override string? Problem(Stream image)
    {
        try
        {
            using var kernel = Unpack(image);
            if (!inside.Begins(kernel))
            {
                return $"has no kernel that boots inside: not {inside.Name}";
            }
            return SizeProblem(image, Rest(kernel));
        }
        catch (InvalidDataException e)
        {
            return $"is damaged: {e.Message}";
        }
    }

    public override string? Banner(Stream image)
    {
        try
        {
            using var kernel = Unpack(image);
            return KernelBanner.Find(kernel);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>What is unpacked from a file that is cut just ends.</summary>
    private static string? SizeProblem(Stream image, long size)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        image.Position = image.Length - trailer.Length;
        image.ReadExactly(trailer);
        var declared = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        return (uint)size == declared ? null : string.Create(CultureInfo.InvariantCulture,
            $"is cut short: it unpacks to {size} bytes, and its last four say {declared}");
    }

    /// <returns>How many bytes there are behind a kernel's header, with the header.</returns>
    private static long Rest(Stream kernel)
    {
        var buffer = new byte[1 << 16];
        long size = FlatImage.HeadLength;
        for (int read; (read = kernel.Read(buffer)) > 0;)
        {
            size += read;
        }
        return size;
    }

    private static GZipStream Unpack(Stream image)
    {
        image.Position = 0;
        return new GZipStream(image, CompressionMode.Decompress, leaveOpen: true);
    }
}
