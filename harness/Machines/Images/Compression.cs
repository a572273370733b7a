namespace Harness.Machines.Images;

/// <summary>A way in which kernels are compressed.</summary>
/// <param name="Command">The program that unpacks its standard input to its standard output, and its arguments.</param>
/// <param name="AppendsSize">
/// Whether the kernel's build appends the unpacked size, as a 32-bit number (scripts/Makefile.lib: size_append).
/// </param>
public sealed record Compression(IReadOnlyList<string> Command, bool AppendsSize)
{
    /// <summary>The length in bytes of the longest magic number.</summary>
    public const int MagicLength = 4;

    private static readonly (byte[] Magic, Compression Compression)[] _known =
    [
        ([0x28, 0xb5, 0x2f, 0xfd], new(["zstd", "-dcq"], true)),
        ([0x02, 0x21, 0x4c, 0x18], new(["lz4", "-dcq"], true)),
        ([0xfd, 0x37, 0x7a, 0x58], new(["xz", "-dcq"], true)),
        ([0x1f, 0x8b], new(["gzip", "-dcq"], false)), // gzip's own trailer has the size.
        ([0x42, 0x5a, 0x68], new(["bzip2", "-dcq"], true)),
        ([0x5d, 0x00, 0x00], new(["xz", "--format=lzma", "-dcq"], true)),
        ([0x89, 0x4c, 0x5a, 0x4f], new(["lzop", "-dcq"], true)),
    ];

    /// <summary>The programs that unpack all of them.</summary>
    public static IEnumerable<string> Programs => _known.Select(known => known.Compression.Command[0]).Distinct();

    /// <param name="start">The compressed data's first bytes, <see cref="MagicLength"/> of them.</param>
    /// <returns><c>null</c> when the compression is not known.</returns>
    public static Compression? Find(ReadOnlySpan<byte> start)
    {
        foreach (var (magic, compression) in _known)
        {
            if (start.StartsWith(magic))
            {
                return compression;
            }
        }
        return null;
    }
}
