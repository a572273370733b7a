using System.Globalization;
using System.Text;

namespace Harness.Vm;

/// <summary>Reads what a kernel wrote to its console.</summary>
internal static class ConsoleText
{
    /// <summary>
    /// In bytes: of a longer console only the beginning and the end are read, this much of each. A healthy one is a
    /// hundredth as long.
    /// </summary>
    public const int LongestPart = 1 << 20;

    /// <returns>
    /// The text; of a long console the beginning and the end, and between them a line that says how much is left out.
    /// Empty when there is no such file.
    /// </returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Read(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var beginning = Part(file, Math.Min(file.Length, LongestPart));
        var rest = file.Length - file.Position;
        if (rest <= LongestPart)
        {
            return beginning + Part(file, rest);
        }
        file.Seek(-LongestPart, SeekOrigin.End);
        var leftOut = string.Create(CultureInfo.InvariantCulture, $"[{rest - LongestPart} bytes are left out here]");
        return $"{beginning}\n{leftOut}\n{Part(file, LongestPart)}";
    }

    private static string Part(FileStream file, long length)
    {
        var bytes = new byte[length];
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }
}
