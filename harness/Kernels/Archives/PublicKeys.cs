using System.Text;

namespace Harness.Kernels.Archives;

/// <summary>A file of public keys, binary or armoured (RFC 9580, section 6), as distributions publish both.</summary>
internal static class PublicKeys
{
    private const string Begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private const string End = "-----END PGP PUBLIC KEY BLOCK-----";

    /// <summary>In bytes: Debian's keys have 55,000.</summary>
    private const long Largest = 16 << 20;

    /// <summary>Why a file cannot be one; <c>null</c> when nothing speaks against it.</summary>
    public static string? Problem(string path) =>
        !File.Exists(path) ? $"the keyring {path} is missing"
            + (path == new ArchiveOptions().Keyring ? ": install debian-archive-keyring" : "")
        : Files.IsSpecial(path) ? $"the keyring {path} is no regular file"
        : new FileInfo(path).Length > Largest ? $"the keyring {path} is larger than any"
        : null;

    /// <summary>The keys in binary, as gpgv takes them.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (!bytes.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("-----BEGIN"u8))
        {
            return bytes;
        }
        using var keys = new MemoryStream();
        var body = new StringBuilder();
        bool? inBody = null; // null outside of a block, false in its headers, which a blank line ends
        foreach (var line in Encoding.ASCII.GetString(bytes).Split('\n').Select(line => line.Trim()))
        {
            switch (line)
            {
                case Begin:
                    inBody = false;
                    break;
                case End:
                    keys.Write(Decode(path, body.ToString()));
                    body.Clear();
                    inBody = null;
                    break;
                case "":
                    inBody = inBody is null ? null : true;
                    break;
                default:
                    // A checksum stands behind the keys, and begins with a sign that none of their lines begins with.
                    _ = inBody == true && line[0] != '=' ? body.Append(line) : body;
                    break;
            }
        }
        return keys.ToArray();
    }

    private static byte[] Decode(string path, string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new IOException($"the keyring {path} is damaged: {e.Message}", e);
        }
    }
}
