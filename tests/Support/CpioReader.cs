using System.Globalization;
using System.Text;

namespace Harness.Tests.Support;

internal sealed record CpioEntry(string Name, uint Inode, uint Mode, uint Owner, uint Group, uint Time, uint Major,
    uint Minor, byte[] Content);

/// <summary>
/// A reader of the newc format, from its description in the kernel (buffer-format.rst), independent of our writer.
/// </summary>
internal static class CpioReader
{
    private const int HeaderLength = 110;

    public static IReadOnlyList<CpioEntry> Read(byte[] archive)
    {
        var entries = new List<CpioEntry>();
        for (var at = 0; at < archive.Length;)
        {
            Assert.That(Encoding.ASCII.GetString(archive, at, 6), Is.EqualTo("070701"), $"magic at {at}");
            uint Field(int index) =>
                uint.Parse(Encoding.ASCII.GetString(archive, at + 6 + index * 8, 8), NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture);
            var nameLength = (int)Field(11);
            Assert.That(archive[at + HeaderLength + nameLength - 1], Is.Zero, "a name ends in NUL");
            var content = Align(at + HeaderLength + nameLength);
            var length = (int)Field(6);
            entries.Add(new CpioEntry(Encoding.ASCII.GetString(archive, at + HeaderLength, nameLength - 1),
                Field(0), Field(1), Field(2), Field(3), Field(5), Field(9), Field(10),
                archive[content..(content + length)]));
            at = Align(content + length);
        }
        return entries;
    }

    private static int Align(int offset) => (offset + 3) & ~3;
}
