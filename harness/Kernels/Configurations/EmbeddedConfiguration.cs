using System.IO.Compression;
using System.Text;

namespace Harness.Kernels.Configurations;

/// <summary>
/// The configuration that a kernel built with CONFIG_IKCONFIG has in itself, compressed with gzip behind a mark
/// (kernel/configs.c).
/// </summary>
internal static class EmbeddedConfiguration
{
    /// <summary>In bytes: Debian's have 280 KB.</summary>
    private const long Longest = 4 << 20;

    private const int Part = 1 << 20;

    private static ReadOnlySpan<byte> Mark => "IKCFG_ST"u8;

    /// <summary>Its text; <c>null</c> where an unpacked kernel has none, or a damaged one.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string?> ReadAsync(string vmlinux, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(vmlinux);
        if (await FindAsync(file, cancellation).ConfigureAwait(false) is not { } position)
        {
            return null;
        }
        file.Position = position;
        await using var text = new BoundedStream(new GZipStream(file, CompressionMode.Decompress), Longest);
        using var reader = new StreamReader(text, Encoding.UTF8);
        try
        {
            return await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <returns>The position behind the mark; <c>null</c> where there is none.</returns>
    private static async Task<long?> FindAsync(FileStream file, CancellationToken cancellation)
    {
        var buffer = new byte[Part + Mark.Length - 1];
        var kept = 0; // of the part before, whose end may be the beginning of the mark
        while (true)
        {
            var begin = file.Position - kept;
            var read = await file.ReadAtLeastAsync(
                buffer.AsMemory(kept, Part), Part, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            var all = kept + read;
            if (buffer.AsSpan(0, all).IndexOf(Mark) is >= 0 and var found)
            {
                return begin + found + Mark.Length;
            }
            if (read < Part)
            {
                return null;
            }
            kept = Mark.Length - 1;
            buffer.AsSpan(all - kept, kept).CopyTo(buffer);
        }
    }
}
