using System.Text;
using Harness.Analysis;

namespace Harness.Reports;

/// <summary>The inside of a list's item that says why: a cause, the cases it holds for, and one source for all.</summary>
internal static class MarkdownCauses
{
    /// <param name="cases">Each with its cause in Markdown, if one is known.</param>
    public static void Write(StringBuilder text, IEnumerable<(string Case, string? Why)> cases, string? source)
    {
        foreach (var group in cases.GroupBy(c => c.Why ?? "").OrderByDescending(g => g.Count()))
        {
            var indent = "  ";
            if (group.Key.Length > 0)
            {
                text.Line($"  - {group.Key}").Line();
                indent = "    ";
            }
            foreach (var pattern in CasePatterns.Of(group.Select(c => c.Case)))
            {
                text.Line($"{indent}- {Markdown.Code(pattern)}");
            }
            text.Line();
        }
        if (source is not null)
        {
            text.Line($"  *Source:* {Markdown.Escape(source)}").Line();
        }
    }
}
