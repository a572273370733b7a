namespace Harness.Tests.Boot;

/// <summary>The checksum of gzip and zlib (RFC 1952, section 8).</summary>
internal static class Crc32
{
    public static uint Of(IEnumerable<byte> bytes) => ~bytes.Aggregate(uint.MaxValue, (sum, next) =>
    {
        sum ^= next;
        for (var bit = 0; bit < 8; bit++)
        {
            sum = (sum >> 1) ^ ((sum & 1) == 0 ? 0 : 0xedb88320);
        }
        return sum;
    });
}
