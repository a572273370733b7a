using System.Globalization;
using System.Text;

namespace Harness.Kernels.Packages;

/// <summary>
/// Reads a tar, and refuses one whose extended headers are longer than names and times are: TarReader takes as much
/// memory as such a header declares, before it reads it.
/// </summary>
/// <remarks>
/// An extended header can declare another size for the entry behind it (POSIX.1-2024, pax, <c>size</c>), which this
/// does not read: it then looks for headers at the wrong places, and sees fewer.
/// </remarks>
internal sealed class TarNames(Stream inner) : WatchedStream(inner)
{
    /// <summary>Of an extended header, in bytes. PATH_MAX is 4,096.</summary>
    private const long Longest = 1 << 20;

    private const int Block = 512;
    private const int SizeOffset = 124;
    private const int SizeLength = 12;
    private const int TypeOffset = 156;

    /// <summary>Extended headers: of POSIX for one entry and for all, of GNU for a long link and a long name.</summary>
    private const string Extended = "xgKL";

    private readonly byte[] _header = new byte[Block];
    private int _filled;
    private long _ahead;

    /// <inheritdoc/>
    protected override void Look(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_ahead > 0)
            {
                var skipped = (int)Math.Min(_ahead, bytes.Length);
                _ahead -= skipped;
                bytes = bytes[skipped..];
                continue;
            }
            var taken = Math.Min(Block - _filled, bytes.Length);
            bytes[..taken].CopyTo(_header.AsSpan(_filled));
            _filled += taken;
            bytes = bytes[taken..];
            if (_filled == Block)
            {
                _filled = 0;
                Take(_header);
            }
        }
    }

    private void Take(ReadOnlySpan<byte> header)
    {
        var size = Size(header.Slice(SizeOffset, SizeLength));
        if (size > Longest && Extended.Contains((char)header[TypeOffset], StringComparison.Ordinal))
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"a header of the tar has {size} bytes, and at most {Longest} are read"));
        }
        _ahead = size > long.MaxValue - Block ? long.MaxValue : (size + Block - 1) / Block * Block;
    }

    /// <summary>
    /// Octal digits, or GNU's binary number with its highest bit set; 0 where it is neither. What stands behind a digit
    /// and is none ends the number, as it does for TarReader.
    /// </summary>
    private static long Size(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            var binary = 0L;
            foreach (var value in field[1..])
            {
                binary = binary > long.MaxValue >> 8 ? long.MaxValue >> 8 : (binary << 8) | value;
            }
            return binary;
        }
        var size = 0L;
        var digits = Encoding.ASCII.GetString(field).TrimStart('\0', ' ').TakeWhile(c => c is >= '0' and <= '7');
        foreach (var digit in digits)
        {
            size = (size << 3) | (uint)(digit - '0');
        }
        return size;
    }
}
