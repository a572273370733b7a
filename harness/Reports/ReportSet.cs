using Harness.Reports.Html;
using Harness.Results;

namespace Harness.Reports;

/// <summary>A report format: its name on the command line, its file, and how it is written from the results alone.</summary>
public sealed record ReportFormat(string Name, string FileName, Func<RunDocument, string> Write);

/// <summary>The formats there are, and writing them into a run directory.</summary>
public static class ReportSet
{
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        new("md", MarkdownReport.FileName, MarkdownReport.Write),
        new("html", HtmlReport.FileName, HtmlReport.Write),
        new("junit", JUnitReport.FileName, JUnitReport.Write),
        new("kcidb", KcidbReport.FileName, KcidbReport.Write),
        new("ktap", KtapReport.FileName, KtapReport.Write),
        new("badge", BadgeReport.FileName, BadgeReport.Write),
    ];

    /// <summary>Writes each report through a temporary file; the paths written, in order.</summary>
    public static IReadOnlyList<string> Write(RunDocument document, string directory, IReadOnlyList<ReportFormat> formats)
    {
        var paths = new List<string>();
        foreach (var format in formats)
        {
            var path = Path.Combine(directory, format.FileName);
            Files.Replace(path, format.Write(document));
            paths.Add(path);
        }
        return paths;
    }
}
