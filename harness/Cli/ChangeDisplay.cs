using Harness.Analysis;
using Harness.Reports;
using Harness.Results;

namespace Harness.Cli;

/// <summary>What changed between two runs, on the terminal.</summary>
internal static class ChangeDisplay
{
    private const int MostPatterns = 10;

    public static void Write(Terminal terminal, RunChanges changes, RunDocument newer)
    {
        var groups = new ChangeGroups(changes, newer);
        terminal.Line(groups.Head);
        foreach (var note in changes.Notes)
        {
            terminal.Line($"note: {note}");
        }
        foreach (var (title, lines) in groups.Kernels())
        {
            terminal.Line($"{title}:");
            foreach (var line in lines)
            {
                terminal.Line($"  {line}");
            }
        }
        foreach (var (_, title, sections) in groups.Replacements())
        {
            terminal.Line($"{title}{(sections.Count == 0 ? "" : ":")}");
            Write(terminal, sections, "  ");
        }
        Write(terminal, groups.Cases(), "");
        if (!changes.Changed)
        {
            terminal.Line("Nothing changed.");
        }
    }

    private static void Write(Terminal terminal, IReadOnlyList<ChangeSection> sections, string indent)
    {
        foreach (var section in sections)
        {
            terminal.Line($"{indent}{section.Title} ({Words.Count(section.Verdicts, "verdict")}):");
            foreach (var group in section.Groups)
            {
                terminal.Line($"{indent}  {group.What}, on {group.Where} ({Words.Count(group.Cases.Count, "case")})");
                var patterns = CasePatterns.Of(group.Cases);
                foreach (var pattern in patterns.Take(MostPatterns))
                {
                    terminal.Line($"{indent}    {pattern}");
                }
                if (patterns.Count > MostPatterns)
                {
                    terminal.Line($"{indent}    and {patterns.Count - MostPatterns} more lines, all in the JSON");
                }
            }
        }
    }
}
