using System.Security.Cryptography;
using System.Text;

namespace Harness;

/// <summary>Hashes in lower-case hexadecimal digits, as sha256sum(1) and the archive write them.</summary>
internal static class Hashes
{
    public static string Sha256OfText(string text) => Sha256Of(Encoding.UTF8.GetBytes(text));

    public static string Sha256Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether a text is such a hash.</summary>
    public static bool IsSha256(string? text) => text?.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string> Sha256OfFileAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
    }
}
