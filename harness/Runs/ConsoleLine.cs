using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Runs;

/// <summary>Makes lines of a guest's console harmless: they end up in terminals and pages.</summary>
internal static partial class ConsoleLine
{
    private const int Longest = 200;

    /// <summary>One printable line that is not too long.</summary>
    public static string Clean(string line) => Cut(Printable(line).Trim(), Longest);

    /// <summary>A text that is cut where it is too long, and no character with it.</summary>
    /// <param name="longest">In characters.</param>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text[..end] + "…";
    }

    /// <summary>A text without escape sequences, control characters, and marks that turn text around.</summary>
    public static string Printable(string text) => new([.. Escape().Replace(text, "").Where(IsPrintable)]);

    /// <summary>The last line that says something; <c>null</c> when there is none.</summary>
    public static string? LastOf(string text) => text.Split('\n').Select(Clean).LastOrDefault(line => line.Length > 0);

    private static bool IsPrintable(char c) => CharUnicodeInfo.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // ECMA-48: control sequences, and strings such as a window's title.
    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
