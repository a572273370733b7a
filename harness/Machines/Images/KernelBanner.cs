using System.Text;

namespace Harness.Machines.Images;

/// <summary>The text by which an unpacked kernel names itself (<c>linux_banner</c> in init/version.c).</summary>
internal static class KernelBanner
{
    private const int ChunkLength = 1 << 20;

    /// <summary>In bytes: the kernel's own is a fourth of that.</summary>
    private const int LongestBanner = 1024;

    private static readonly byte[] _start = "Linux version "u8.ToArray();

    /// <summary>What stands behind <c>Linux version</c>: the release first.</summary>
    /// <param name="kernel">Is read from where it is; need not be one that can be positioned.</param>
    /// <returns><c>null</c> when there is none.</returns>
    /// <exception cref="IOException">The kernel cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is compressed, and damaged.</exception>
    public static string? Find(Stream kernel)
    {
        var window = new byte[ChunkLength + LongestBanner];
        var kept = 0;
        while (true)
        {
            var length = kept + kernel.ReadAtLeast(
                window.AsSpan(kept), window.Length - kept, throwOnEndOfStream: false);
            if (In(window.AsSpan(0, length)) is { } banner)
            {
                return banner;
            }
            if (length < window.Length)
            {
                return null;
            }
            // A banner may begin in this window and end in the next.
            window.AsSpan(length - LongestBanner).CopyTo(window);
            kept = LongestBanner;
        }
    }

    /// <summary>A format (<c>Linux version %s</c>) is no banner.</summary>
    private static string? In(ReadOnlySpan<byte> text)
    {
        for (int at; (at = text.IndexOf(_start)) >= 0;)
        {
            text = text[(at + _start.Length)..];
            var end = text.IndexOfAny((byte)'\n', (byte)0);
            if (end > 0 && char.IsAsciiDigit((char)text[0]))
            {
                return Encoding.ASCII.GetString(text[..end]);
            }
        }
        return null;
    }
}
