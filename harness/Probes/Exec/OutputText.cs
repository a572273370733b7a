using System.Globalization;
using System.Text;

namespace Harness.Probes.Exec;

/// <summary>
/// What programs wrote, as reports may show it: bounded, and without characters that steer a terminal.
/// </summary>
internal static class OutputText
{
    /// <summary>In characters. A case may have evidence of 8 KiB.</summary>
    private const int MostEvidence = 3500;

    private const int MostLine = 200;

    /// <summary>A text whose characters are the bytes of UTF-8, as a text; other bytes become U+FFFD.</summary>
    public static string Decode(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    /// <summary>One line of a text, of at most 200 characters.</summary>
    public static string Line(string bytes)
    {
        var line = Printable(Decode(bytes)).Trim();
        return line.Length > MostLine ? line[..MostLine] + "…" : line;
    }

    /// <summary>The last lines, which say how a program ended.</summary>
    /// <returns><c>null</c> where there is nothing but blanks.</returns>
    public static string? End(IReadOnlyList<string> lines)
    {
        var written = lines.Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        var kept = new Stack<string>();
        var room = MostEvidence;
        foreach (var line in written.AsEnumerable().Reverse())
        {
            var text = Printable(Decode(line)).TrimEnd();
            if (text.Length + 1 > room)
            {
                if (kept.Count == 0)
                {
                    kept.Push(text[..room]);
                }
                break;
            }
            kept.Push(text);
            room -= text.Length + 1;
        }
        var left = written.Count - kept.Count;
        var end = string.Join('\n', kept);
        return kept.Count == 0 ? null
            : left == 0 ? end
            : string.Create(CultureInfo.InvariantCulture, $"… {left} lines are left out …\n{end}");
    }

    private static string Printable(string text) => string.Concat(text.Select(c =>
        c is '\t' || !char.IsControl(c)
            ? c.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")));
}
