using Harness.Analysis;
using Harness.Probes;

namespace Harness.Cli;

/// <summary>What changed between two runs, on the terminal.</summary>
internal static class ChangeDisplay
{
    private const int MostPatterns = 10;

    public static void Write(Terminal terminal, ChangeStory story, ProbeList probes)
    {
        terminal.Line(story.Head);
        foreach (var note in story.Notes)
        {
            terminal.Line($"note: {note}");
        }
        foreach (var (title, lines) in story.Kernels().Concat(story.Complaints()))
        {
            terminal.Line($"{title}:");
            foreach (var line in lines)
            {
                terminal.Line($"  {line}");
            }
        }
        foreach (var (_, title, sections) in story.Replacements())
        {
            terminal.Line($"{title}{(sections.Count == 0 ? "" : ":")}");
            Write(terminal, sections, "  ", probes);
        }
        Write(terminal, story.Cases(), "", probes);
        if (!story.Changed)
        {
            terminal.Line("Nothing changed.");
        }
    }

    private static void Write(
        Terminal terminal, IReadOnlyList<ChangeSection> sections, string indent, ProbeList probes)
    {
        foreach (var section in sections)
        {
            terminal.Line($"{indent}{section.Title} ({Words.Count(section.Verdicts, "verdict")}):");
            foreach (var group in section.Groups)
            {
                terminal.Line($"{indent}  {group.What}, on {group.Where} ({Words.Count(group.Cases.Count, "case")})");
                var patterns = CasePatterns.Of(group.Cases, probes);
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
