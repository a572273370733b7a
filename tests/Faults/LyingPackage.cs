using System.Globalization;
using System.Text;

namespace Harness.Tests.Faults;

/// <summary>
/// Writes a <c>.deb</c> byte by byte, so that any of its fields may be a lie (deb(5), ar(5), tar(5)).
/// </summary>
internal static class LyingPackage
{
    private const int Block = 512;

    /// <summary>The whole package: the archive's own header, and its members.</summary>
    /// <param name="size">What the last member's header says of its size; <c>null</c> for the truth.</param>
    public static byte[] Of(byte[] data, string? size = null) =>
    [
        .. "!<arch>\n"u8, .. Member("debian-binary", "2.0\n"u8.ToArray()),
        .. Member("control.tar", Tar(Entry("./control", '0', "Package: linux\nVersion: 1\nArchitecture: amd64\n"))),
        .. Member("data.tar", data, size),
    ];

    /// <summary>An archive of these entries, with its end.</summary>
    public static byte[] Tar(params IEnumerable<byte[]> entries) =>
        [.. entries.SelectMany(entry => entry), .. new byte[2 * Block]];

    /// <param name="type">The entry's type flag: <c>0</c> a file, <c>1</c> a link, <c>2</c> a symbolic link.</param>
    /// <param name="target">Of a link.</param>
    /// <param name="size">What the header says; <c>null</c> for the truth.</param>
    public static byte[] Entry(string name, char type, string content, string target = "", long? size = null)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var header = new byte[Block];
        void Put(int offset, string text) => Encoding.UTF8.GetBytes(text).CopyTo(header, offset);
        Put(0, name);
        Put(100, "0000644\0" + "0000000\0" + "0000000\0" + Octal(size ?? bytes.Length) + "00000000000\0" + "        ");
        Put(156, type.ToString());
        Put(157, target);
        Put(257, "ustar\0" + "00");
        Put(148, Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        return [.. header, .. bytes, .. new byte[(Block - (bytes.Length % Block)) % Block]];
    }

    private static string Octal(long size) => Convert.ToString(size, 8).PadLeft(11, '0') + "\0";

    private static byte[] Member(string name, byte[] content, string? size = null)
    {
        var said = size ?? content.Length.ToString(CultureInfo.InvariantCulture);
        var header = $"{name,-16}{"0",-12}{"0",-6}{"0",-6}{"100644",-8}{said,-10}`\n";
        return [.. Encoding.ASCII.GetBytes(header), .. content, .. new byte[content.Length % 2]];
    }
}
