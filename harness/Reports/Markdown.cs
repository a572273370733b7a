using System.Text;
using System.Text.RegularExpressions;

namespace Harness.Reports;

/// <summary>Text for Markdown as GitHub shows it.</summary>
internal static partial class Markdown
{
    /// <summary>Makes any text, a guest's console line for instance, show as itself and nothing more, in one line.</summary>
    public static string Escape(string text) =>
        Special().Replace(GuestText.Plain(text), @"\$0").Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>A code span that nothing in it can end, neither a backtick nor, in a table, a bar.</summary>
    public static string Code(string text) =>
        $"`{GuestText.Plain(text).Replace('`', '\'').Replace("|", @"\|", StringComparison.Ordinal)}`";

    /// <summary>The target of a link: a path below the report, whatever characters it has.</summary>
    public static string Path(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Lines end as they do on Linux, whatever machine writes them.</summary>
    public static StringBuilder Line(this StringBuilder text, string line = "") => text.Append(line).Append('\n');

    // An underscore inside of a word is no emphasis to GitHub.
    [GeneratedRegex(@"[\\`*\[\]|#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}
