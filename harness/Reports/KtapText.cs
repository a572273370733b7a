namespace Harness.Reports;

/// <summary>
/// Texts in a KTAP document that nobody takes for a part of the format, whatever a guest has said. The kernel's parser
/// (tools/testing/kunit/kunit_parser.py, Linux 6.1) stops at lines with which a kernel ends, wherever in a
/// line they stand, and loses all that follows; a comment may be a header to it.
/// </summary>
internal static class KtapText
{
    /// <summary>What that parser looks for inside of lines, and the same with a backslash in it.</summary>
    private static readonly (string Phrase, string Broken)[] _phrases =
    [
        ("List of all partitions:", @"List of all partitions\:"),
        ("Kernel panic - not syncing: VFS:", @"Kernel panic - not syncing: VFS\:"),
        ("reboot: System halted", @"reboot\: System halted"),
        ("kunit test case crashed!", @"kunit test case crashed\!"),
    ];

    private const string Header = "Subtest:";

    /// <summary>A test's name. It has no #, which would end it.</summary>
    public static string Name(string text) => GuestText.Line(text).Replace('#', '_');

    /// <summary>What follows a directive, with a backslash before each # and each backslash (TAP version 14).</summary>
    public static string Explanation(string text) => GuestText.Line(text)
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("#", @"\#", StringComparison.Ordinal);

    /// <summary>A line that is no result, and no header of a subtest.</summary>
    public static string Comment(string text)
    {
        var line = GuestText.Line(text);
        return line.StartsWith(Header, StringComparison.Ordinal)
            ? $@"# Subtest\:{line[Header.Length..]}"
            : $"# {line}";
    }

    /// <summary>A whole line of the document: a phrase may come about where two texts meet.</summary>
    public static string Line(string line)
    {
        foreach (var (phrase, broken) in _phrases)
        {
            line = line.Replace(phrase, broken, StringComparison.Ordinal);
        }
        return line;
    }
}
