using System.Text;
using System.Text.RegularExpressions;
using Harness.Story;

namespace Harness.Reports;

/// <summary>Text for Markdown as GitHub shows it.</summary>
internal static partial class Markdown
{
    /// <summary>
    /// Makes any text, a guest's console line for instance, show as itself and nothing more, in one line.
    /// </summary>
    public static string Escape(string text) =>
        Special().Replace(GuestText.Plain(text), @"\$0").Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>A code span that nothing in it can end, neither a backtick nor, in a table, a bar.</summary>
    public static string Code(string text) =>
        $"`{GuestText.Plain(text).Replace('`', '\'').Replace("|", @"\|", StringComparison.Ordinal)}`";

    /// <summary>A sentence: code, and what is set off, is marked so; all else is escaped.</summary>
    public static string Inline(Sentence sentence)
    {
        var text = new StringBuilder();
        PhraseKind? before = null;
        foreach (var phrase in sentence.Phrases)
        {
            // Findings that follow each other are told apart.
            text.Append(before == PhraseKind.Chip && phrase.Kind == PhraseKind.Chip ? "; " : "").Append(Write(phrase));
            before = phrase.Kind;
        }
        return text.ToString();
    }

    /// <summary>The target of a link: a path below the report, whatever characters it has.</summary>
    public static string Path(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Lines end as they do on Linux, whatever machine writes them.</summary>
    public static StringBuilder Line(this StringBuilder text, string line = "") => text.Append(line).Append('\n');

    private static string Write(Phrase phrase) => phrase.Kind switch
    {
        PhraseKind.Code => Code(phrase.Text),
        PhraseKind.Strong or PhraseKind.Status => $"**{Escape(phrase.Text)}**",
        PhraseKind.Emphasis => $"*{Escape(phrase.Text)}*",
        PhraseKind.Chip => $"{Signs.Of(phrase.Mark)} {Escape(phrase.Text)}",
        _ => Escape(phrase.Text),
    };

    // An underscore inside of a word is no emphasis to GitHub.
    [GeneratedRegex(@"[\\`*\[\]|#~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}
