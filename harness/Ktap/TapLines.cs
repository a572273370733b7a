using System.Text.RegularExpressions;

namespace Harness.Ktap;

/// <summary>
/// Splits a text into lines, and takes out what is not the test program's: a prefix that the kernel's log puts before
/// each line, and kernel messages that came in the middle of a line.
/// </summary>
internal static partial class TapLines
{
    private static readonly string[] _starts = ["KTAP version ", "TAP version ", "not ok ", "ok ", "1.."];

    /// <param name="whole">The program wrote its last line to the end, with a newline or without.</param>
    public static (IReadOnlyList<string> Lines, TapDialect? Dialect) Split(string text, bool whole)
    {
        var lines = text.Split('\n');
        var last = lines.Length - (lines[^1].Length == 0 || !whole ? 1 : 0);
        var list = lines.Take(last).Select(line => line.TrimEnd('\r')).ToList();
        var first = list.FindIndex(line => VersionLine().IsMatch(line));
        if (first < 0)
        {
            return (Rejoin(list, TapDialect.Unversioned), null);
        }
        var version = VersionLine().Match(list[first]);
        _ = long.TryParse(version.Groups["n"].ValueSpan, out var number);
        var dialect = new TapDialect(version.Groups["name"].Value, number);
        var prefix = list[first][..version.Index];
        return (prefix.Trim().Length == 0 ? Rejoin(list, dialect) : WithoutPrefix(list, first, prefix), dialect);
    }

    /// <summary>
    /// Each message of the kernel's log has a line of its own, and a time before it. Other prefixes are the same before
    /// each line.
    /// </summary>
    private static List<string> WithoutPrefix(List<string> lines, int first, string prefix) =>
    [
        .. lines.Take(first),
        .. lines.Skip(first).Select(line =>
            LogTime().Match(line) is { Success: true, Index: 0 } time ? line[time.Length..]
                : line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..]
                : line),
    ];

    /// <summary>
    /// A kernel message that comes in the middle of a line ends in a newline of its own; the rest of the line follows.
    /// The message gets a line before the one that it cut in two.
    /// </summary>
    private static List<string> Rejoin(List<string> lines, TapDialect dialect)
    {
        var joined = new List<string>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var cut = LogTime().Match(lines[i]);
            if (!cut.Success || cut.Index == 0 || !IsFragment(lines[i][..cut.Index]))
            {
                joined.Add(lines[i]);
                continue;
            }
            var head = lines[i][..cut.Index];
            joined.Add(lines[i][cut.Index..]);
            while (i + 1 < lines.Count && LogTime().Match(lines[i + 1]) is { Success: true, Index: 0 })
            {
                joined.Add(lines[++i]);
            }
            var rest = i + 1 < lines.Count ? lines[i + 1] : "";
            var belongs = Belongs(head, rest, dialect);
            joined.Add(belongs ? head + rest : head);
            i += belongs ? 1 : 0;
        }
        return joined;
    }

    /// <summary>Whether the text is the start of a line that has a meaning, and not of a diagnostic line.</summary>
    private static bool IsFragment(string head)
    {
        var text = head.TrimStart(' ', '\t');
        return text.Length > 0 && !text.Contains('#', StringComparison.Ordinal)
            && _starts.Any(start => text.StartsWith(start, StringComparison.Ordinal)
                || start.StartsWith(text, StringComparison.Ordinal));
    }

    /// <summary>Whether a line is the rest of the one that a message cut, and not a line by itself.</summary>
    private static bool Belongs(string head, string rest, TapDialect dialect) =>
        TapLine.Parse(head, dialect).Kind == TapLineKind.Other
        || (TapLine.Parse(rest, dialect).Kind == TapLineKind.Other
            && (!rest.StartsWith('#') || head.EndsWith(' ')));

    [GeneratedRegex(@"(?<name>K?TAP) version (?<n>[0-9]+)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionLine();

    /// <summary>As printk() writes it, with the level and the caller (CONFIG_PRINTK_CALLER) that it may have.</summary>
    [GeneratedRegex(@"(?:<[0-9]{1,2}>)?\[ *[0-9]+\.[0-9]{6}\](?:\[ *[TC][0-9]+\])? ?", RegexOptions.CultureInvariant)]
    private static partial Regex LogTime();
}
