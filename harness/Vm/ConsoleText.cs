using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Harness.Vm;

/// <summary>Reads what a kernel wrote to its console.</summary>
internal static partial class ConsoleText
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
        var bytes = rest - LongestPart;
        var lines = CountLines(file, bytes);
        var leftOut = string.Create(CultureInfo.InvariantCulture, $"[{bytes} bytes, {lines} lines are left out here]");
        return $"{beginning}\n{leftOut}\n{Part(file, LongestPart)}";
    }

    /// <summary>The number of line ends in what is left out; <c>null</c> for a line that does not tell of it.</summary>
    public static int? LinesLeftOut(string line) =>
        LeftOut().Match(line) is { Success: true } match
        && int.TryParse(match.Groups["lines"].ValueSpan, CultureInfo.InvariantCulture, out var lines)
            ? lines
            : null;

    private static int CountLines(FileStream file, long length)
    {
        var (buffer, lines) = (new byte[64 * 1024], 0);
        while (length > 0 && file.Read(buffer, 0, (int)Math.Min(buffer.Length, length)) is var read and > 0)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            length -= read;
        }
        return lines;
    }

    [GeneratedRegex(@"^\[\d{1,15} bytes, (?<lines>\d{1,8}) lines are left out here\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex LeftOut();

    private static string Part(FileStream file, long length)
    {
        var bytes = new byte[length];
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }
}
