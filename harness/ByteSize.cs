using System.Globalization;

namespace Harness;

/// <summary>Sizes of files for people.</summary>
internal static class ByteSize
{
    /// <returns><c>12.3 MiB</c>, from a GiB on <c>1.2 GiB</c>; empty when the size is not known.</returns>
    public static string Text(long? bytes) => bytes switch
    {
        null => "",
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
    };
}
