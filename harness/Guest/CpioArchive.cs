using System.Buffers;
using System.Globalization;
using System.Text;

namespace Harness.Guest;

/// <summary>
/// Writes the "newc" cpio format that the kernel unpacks as its initramfs
/// (Documentation/driver-api/early-userspace/buffer-format.rst). The same entries give the same bytes: no times, no
/// owners, inode numbers in order.
/// </summary>
public sealed class CpioArchive
{
    private const uint Directory = 0x4000;
    private const uint RegularFile = 0x8000;
    private const uint CharacterDevice = 0x2000;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _entries;

    public CpioArchive AddDirectory(string name, uint permissions = 0b111_101_101) =>
        Add(name, Directory | permissions, [], 0, 0);

    public CpioArchive AddFile(string name, byte[] content, uint permissions) =>
        Add(name, RegularFile | permissions, content, 0, 0);

    /// <summary>A device node; needs no privilege, as it is only written into the archive.</summary>
    public CpioArchive AddCharacterDevice(string name, uint major, uint minor) =>
        Add(name, CharacterDevice | 0b110_000_000, [], major, minor);

    /// <summary>The archive with its trailer; nothing can be added after that.</summary>
    public byte[] ToArray()
    {
        Add("TRAILER!!!", 0, [], 0, 0);
        return _bytes.WrittenSpan.ToArray();
    }

    private CpioArchive Add(string name, uint mode, byte[] content, uint major, uint minor)
    {
        var isTrailer = mode == 0;
        uint[] header =
        [
            isTrailer ? 0 : (uint)++_entries, mode, 0, 0, 1, 0, (uint)content.Length,
            0, 0, major, minor, (uint)name.Length + 1, 0,
        ];
        var fields = string.Concat(header.Select(field => field.ToString("X8", CultureInfo.InvariantCulture)));
        Write($"070701{fields}{name}\0");
        Pad();
        _bytes.Write(content);
        Pad();
        return this;
    }

    private void Write(string ascii) => _bytes.Write(Encoding.ASCII.GetBytes(ascii));

    private void Pad()
    {
        while (_bytes.WrittenCount % 4 != 0)
        {
            _bytes.Write("\0"u8);
        }
    }
}
