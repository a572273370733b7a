using System.Text;
using System.Text.RegularExpressions;

namespace Harness.Reports;

/// <summary>Text for Markdown as GitHub shows it.</summary>
internal static partial class Markdown
{
    /// <summary>Makes any text, a guest's console line for instance, show as itself and nothing more, in one line.</summary>
    public static string Escape(string text) =>
        Special().Replace(new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]), @"\$0").Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>Lines end as they do on Linux, whatever machine writes them.</summary>
    public static StringBuilder Line(this StringBuilder text, string line = "") => text.Append(line).Append('\n');

    [GeneratedRegex(@"[\\`*_\[\]|#]", RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}
