using System.Text;

namespace Harness.Bisection.Commits;

/// <summary>What is left of a source file without its comments and blanks.</summary>
internal static class SourceComments
{
    private static readonly string[] _likeC = [".c", ".h", ".S", ".lds", ".dts", ".dtsi"];

    /// <returns>
    /// <c>null</c> for a kind of file whose comments are not known. Of Makefiles and Kconfig files only whole lines
    /// count as comments.
    /// </returns>
    public static string? Without(string path, string text)
    {
        if (_likeC.Contains(Path.GetExtension(path)))
        {
            return WithoutBlanks(OfC(text));
        }
        var name = Path.GetFileName(path);
        return name is "Makefile" or "Kbuild" || name.StartsWith("Kconfig", StringComparison.Ordinal)
            ? string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())
                .Where(line => line.Length > 0 && line.TrimStart()[0] != '#'))
            : null;
    }

    /// <summary>A comment parts words, as a blank does (C11, 5.1.1.2).</summary>
    private static string OfC(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text.AsSpan(i);
            if (rest.StartsWith("/*") || rest.StartsWith("//"))
            {
                var end = text.IndexOf(rest[1] == '*' ? "*/" : "\n", i + 2, StringComparison.Ordinal);
                kept.Append(' ');
                i = end < 0 ? text.Length : rest[1] == '*' ? end + 1 : end - 1;
            }
            else if (text[i] is '"' or '\'')
            {
                var end = EndOfQuote(text, i);
                kept.Append(text, i, end - i + 1);
                i = end;
            }
            else
            {
                kept.Append(text[i]);
            }
        }
        return kept.ToString();
    }

    /// <summary>The place of the quote that ends one; the line's end where none does.</summary>
    private static int EndOfQuote(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start] || text[i] == '\n')
            {
                return i;
            }
        }
        return text.Length - 1;
    }

    /// <summary>Line ends stay where a directive of the preprocessor is, which they end.</summary>
    private static string WithoutBlanks(string text) => string.Join('\n', text.Split('\n')
        .Select(line => string.Join(' ', line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)))
        .Where(line => line.Length > 0));
}
