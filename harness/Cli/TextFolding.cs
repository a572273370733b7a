using Spectre.Console.Rendering;

namespace Harness.Cli;

/// <summary>Measures text as a terminal shows it, and folds it into lines.</summary>
internal static class TextFolding
{
    /// <summary>Text is not set in so far that less is left of a line.</summary>
    private const int LeastColumns = 20;

    /// <summary>The columns that a text takes: a Chinese character takes two.</summary>
    public static int Width(string text) =>
        System.Text.Ascii.IsValid(text) ? text.Length : new Segment(text).CellCount();

    /// <summary>Folds a line between words. What follows the first line is set in further than the first is.</summary>
    /// <param name="width">Columns of a line. A word that is longer than that stays whole: it may be a path.</param>
    /// <param name="hang">By how many columns further.</param>
    public static IReadOnlyList<string> Hanging(string text, int width, int hang = 4)
    {
        var blanks = new string(' ', text.Length - text.TrimStart().Length + hang);
        return Fold(text, width, blanks.Length <= width - LeastColumns ? blanks : "", cut: false);
    }

    /// <summary>Folds the text of a cell: no line is longer than the cell is wide.</summary>
    public static IReadOnlyList<string> Cell(string text, int width) => Fold(text, width, "", cut: true);

    /// <summary>As much of a text as fits, with … for what does not.</summary>
    public static string Shortened(string text, int width) =>
        Width(text) <= width ? text : text[..Fitting(text, width - 1)] + "…";

    private static List<string> Fold(string text, int width, string hang, bool cut)
    {
        var lines = new List<string>();
        var rest = text;
        while (Width(rest) > width)
        {
            var words = rest.Length - rest.TrimStart().Length;
            var fitting = Fitting(rest, width);
            var end = fitting < rest.Length && rest[fitting] == ' ' ? fitting : rest.LastIndexOf(' ', fitting - 1);
            if (end <= words)
            {
                end = cut ? Math.Max(fitting, words + 1) : rest.IndexOf(' ', words);
            }
            if (end < 0)
            {
                break;
            }
            lines.Add(rest[..end].TrimEnd());
            rest = hang + rest[end..].TrimStart();
        }
        lines.Add(rest);
        return lines;
    }

    /// <summary>How many chars from the beginning fit into so many columns.</summary>
    private static int Fitting(string text, int width)
    {
        var (chars, columns) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            columns += Width(rune.ToString());
            if (columns > width)
            {
                break;
            }
            chars += rune.Utf16SequenceLength;
        }
        return chars;
    }
}
