using System.Text;

namespace Harness.Runs;

/// <summary>The last lines of a console, for a report that is made without the run directory.</summary>
internal static class ConsoleTail
{
    private const int Lines = 20;
    private const int LongestLine = 200;

    /// <summary>The last lines, each cut to its longest, are all within this many bytes of the end.</summary>
    private const int MostBytes = 64 * 1024;

    /// <param name="console">Relative to the run directory.</param>
    /// <returns><c>null</c> when the console was silent or cannot be read: a run goes on without it.</returns>
    public static string? Of(string directory, string? console)
    {
        if (console is null)
        {
            return null;
        }
        try
        {
            return Of(End(Path.Combine(directory, console)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Terminal escapes, control characters, and marks that turn text around are left out.</summary>
    internal static string? Of(string text)
    {
        var said = text.Split('\n').Select(Clean).Where(l => l.Length > 0).TakeLast(Lines).ToList();
        return said.Count == 0 ? null : string.Join('\n', said);
    }

    private static string Clean(string line)
    {
        var plain = ConsoleLine.Printable(line.Replace('\t', ' ')).TrimEnd();
        if (plain.Length <= LongestLine)
        {
            return plain;
        }
        var end = char.IsHighSurrogate(plain[LongestLine - 1]) ? LongestLine - 1 : LongestLine;
        return plain[..end] + "…";
    }

    private static string End(string path)
    {
        using var file = File.OpenRead(path);
        file.Seek(-Math.Min(file.Length, MostBytes), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
