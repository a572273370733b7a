using CliWrap;
using Harness.Machines.Images;

namespace Harness.Kernels.Packages;

/// <summary>Which program tells a package's content as a tar.</summary>
internal static class Unpacker
{
    /// <summary>How a .deb begins: an ar of a member <c>debian-binary</c> (deb(5)).</summary>
    private static ReadOnlySpan<byte> DebianMagic => "!<arch>\n"u8;

    /// <summary>How an .rpm begins: its lead (rpm's docs/manual/format_lead.md).</summary>
    private static ReadOnlySpan<byte> RpmMagic => [0xed, 0xab, 0xee, 0xdb];

    /// <summary>Where the header of a tar says that it is one (POSIX.1-2024, pax).</summary>
    private const int TarMagic = 257;

    /// <summary>
    /// Whether a file is a package by its beginning: a .deb, an .rpm, a tar, or something compressed.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool Knows(string file)
    {
        var head = HeadOf(file);
        return head.StartsWith(DebianMagic) || IsForBsdtar(head);
    }

    /// <summary>
    /// bsdtar for a tar, whatever packs it, and for an .rpm, which it tells as a tar (<c>@FILE</c> of bsdtar(1)). Else
    /// dpkg-deb, which says what is wrong with a .deb that is none.
    /// </summary>
    /// <exception cref="IOException">The package cannot be read.</exception>
    public static Command Of(string package) => IsForBsdtar(HeadOf(package))
        ? new Command("bsdtar").WithArguments(["-cf", "-", $"@{Path.GetFullPath(package)}"])
        : new Command("dpkg-deb").WithArguments(["--fsys-tarfile", package]);

    private static bool IsForBsdtar(ReadOnlySpan<byte> head) => head.StartsWith(RpmMagic)
        || (head.Length > TarMagic && head[TarMagic..].StartsWith("ustar"u8))
        || (head.Length >= Compression.MagicLength && Compression.Find(head) is not null);

    private static ReadOnlySpan<byte> HeadOf(string file)
    {
        var head = new byte[512];
        using var content = Files.OpenRegular(file);
        return head.AsSpan(0, content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }
}
