using Harness.Analysis;
using Harness.Reports.Html;
using Harness.Results;

namespace Harness.Reports;

/// <summary>The formats there are, and writing them into a run directory.</summary>
public static class ReportSet
{
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        ReportFormat.Small("md", MarkdownReport.FileName, MarkdownReport.Write),
        ReportFormat.Small("html", HtmlReport.FileName, HtmlReport.Write),
        JUnitReport.Format,
        KcidbReport.Format,
        KtapReport.Format,
        ReportFormat.Small("badge", BadgeReport.FileName, BadgeReport.Write),
    ];

    /// <summary>
    /// Writes each report through a temporary file, several at a time; the paths written, in the formats' order.
    /// </summary>
    /// <exception cref="IOException">One cannot be written; the others are.</exception>
    /// <exception cref="ResultsException">
    /// What a probe noted in the document is not of a form that it knows.
    /// </exception>
    public static IReadOnlyList<string> Write(RunStory story, string directory, IReadOnlyList<ReportFormat> formats)
    {
        string PathOf(ReportFormat format) => Path.Combine(directory, format.FileName);
        var failures = new List<Exception>();
        Parallel.ForEach(formats, format =>
        {
            try
            {
                Files.Replace(PathOf(format), stream => format.WriteTo(story, stream));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ResultsException)
            {
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        });
        return failures switch
        {
            [] => [.. formats.Select(PathOf)],
            _ when failures.Find(e => e is ResultsException) is { } damaged =>
                throw new ResultsException(damaged.Message, damaged),
            _ => throw new IOException(failures[0].Message, failures[0]),
        };
    }
}
