using Harness.Analysis;

namespace Harness.Reports;

/// <summary>
/// <c>report.md</c>: the whole story as Markdown, the answer first. The same document gives the same bytes.
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
