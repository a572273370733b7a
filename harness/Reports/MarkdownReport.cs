using Harness.Analysis;

namespace Harness.Reports;

/// <summary>
/// <c>report.md</c>: the answer first, then what changed where, what failed and why, what could not be tested, and how
/// the
/// run was made. The same document gives the same bytes.
/// </summary>
public static class MarkdownReport
{
    public const string FileName = "report.md";

    public static string Write(RunStory story)
    {
        var text = new MarkdownWriter();
        text.Head(story.Title, story.Head);
        foreach (var section in story.Sections)
        {
            text.Write(section);
        }
        return text.ToString();
    }
}
