using System.Text;

namespace Harness.Cli;

/// <summary>
/// The summary of a GitHub Actions step: the file that <c>GITHUB_STEP_SUMMARY</c> names, to which Markdown is appended.
/// GitHub takes 1 MiB of a step and shows nothing of what is larger.
/// </summary>
internal static class StepSummary
{
    public const string Variable = "GITHUB_STEP_SUMMARY";

    private const int Limit = 1024 * 1024;

    private const string Shortened =
        "\n*Shortened to what GitHub shows here; `report.md` in the run's directory is whole.*\n";

    /// <summary>
    /// Does nothing where the variable is not set. No result depends on the summary, so that a failure is a warning.
    /// </summary>
    public static void Append(Terminal terminal, string? path, string markdown)
    {
        if (string.IsNullOrEmpty(path))
        {
            return;
        }
        try
        {
            var there = File.Exists(path) ? new FileInfo(path).Length : 0;
            File.AppendAllText(path, Fit(markdown, (int)Math.Max(0, Limit - there)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            terminal.Error($"{Variable}: {e.Message}");
        }
    }

    /// <summary>The whole text, or as many of its first chapters as fit; no chapter is cut in two.</summary>
    internal static string Fit(string markdown, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(markdown) <= bytes)
        {
            return markdown;
        }
        var rest = bytes - Encoding.UTF8.GetByteCount(Shortened);
        var end = 0;
        for (var next = NextChapter(markdown, 0); next > 0; next = NextChapter(markdown, next))
        {
            rest -= Encoding.UTF8.GetByteCount(markdown.AsSpan(end, next - end));
            if (rest < 0)
            {
                break;
            }
            end = next;
        }
        return rest < 0 && end == 0 && bytes < Encoding.UTF8.GetByteCount(Shortened) ? "" : markdown[..end] + Shortened;
    }

    private static int NextChapter(string markdown, int after) =>
        markdown.IndexOf("\n## ", after, StringComparison.Ordinal) + 1;
}
