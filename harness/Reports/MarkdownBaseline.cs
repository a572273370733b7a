using System.Text;
using Harness.Results;

namespace Harness.Reports;

/// <summary>What changed since the run that was given as a baseline.</summary>
internal static class MarkdownBaseline
{
    public static void Write(StringBuilder text, RunDocument document)
    {
        if (document.Baseline is not { } changes)
        {
            return;
        }
        var groups = new ChangeGroups(changes, document);
        var replacements = groups.Replacements();
        text.Line($"## What changed since {Markdown.Escape(changes.Older.Id)}").Line()
            .Line(Markdown.Escape(groups.Head) + (changes.Changed ? "" : " **Nothing changed.**")).Line();
        List(text, "", changes.Notes.Select(n => $"Note: {n}"));
        foreach (var (title, lines) in groups.Kernels())
        {
            List(text, title, lines);
        }
        List(text, "Other point releases", replacements.Select(r => r.Title));
        Write(text, groups.Cases());
        foreach (var (kernels, _, sections) in replacements.Where(r => r.Sections.Count > 0))
        {
            text.Line($"### {Markdown.Code(kernels.Went)} → {Markdown.Code(kernels.Came)}").Line();
            Write(text, sections);
        }
    }

    private static void List(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var told = lines.ToList();
        if (told.Count == 0)
        {
            return;
        }
        if (title.Length > 0)
        {
            text.Line($"**{title}**:").Line();
        }
        foreach (var line in told)
        {
            text.Line($"- {Markdown.Escape(line)}");
        }
        text.Line();
    }

    private static void Write(StringBuilder text, IReadOnlyList<ChangeSection> sections)
    {
        foreach (var section in sections)
        {
            text.Line($"**{section.Title}** ({Words.Count(section.Verdicts, "verdict")}):").Line();
            foreach (var group in section.Groups)
            {
                text.Line($"- {Markdown.Escape(group.What)}, on {Markdown.Escape(group.Where)} ({Words.Count(group.Cases.Count, "case")})").Line();
                MarkdownCauses.Write(text, group.Cases.Select(c => (c, (string?)null)), null);
            }
        }
    }
}
