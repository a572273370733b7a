using System.Globalization;
using Harness.Story;

namespace Harness.Reports.Html;

/// <summary>What components of the page share.</summary>
internal static class HtmlWords
{
    /// <summary>The class of a mark in report.css.</summary>
    public static string Class(Mark mark) => mark switch
    {
        Mark.None => "none",
        Mark.Pass => "pass",
        Mark.Fail => "fail",
        Mark.Mixed => "mixed",
        Mark.Skip => "skip",
        _ => "error",
    };

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>With a capital letter at its beginning.</summary>
    public static string Begin(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
}
