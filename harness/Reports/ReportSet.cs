using System.Text;
using Harness.Reports.Html;
using Harness.Results;

namespace Harness.Reports;

/// <summary>A report format: its name on the command line, its file, and how it is written from the results alone.</summary>
/// <param name="WriteTo">Kernel by kernel where the report grows with their number, so that none is in memory as a whole.</param>
public sealed record ReportFormat(string Name, string FileName, Action<RunDocument, Stream> WriteTo)
{
    /// <summary>One that is small whatever the number of kernels.</summary>
    public static ReportFormat Small(string name, string fileName, Func<RunDocument, string> write) =>
        new(name, fileName, (document, stream) => stream.Write(Encoding.UTF8.GetBytes(write(document))));
}

/// <summary>The formats there are, and writing them into a run directory.</summary>
public static class ReportSet
{
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        ReportFormat.Small("md", MarkdownReport.FileName, MarkdownReport.Write),
        ReportFormat.Small("html", HtmlReport.FileName, HtmlReport.Write),
        new("junit", JUnitReport.FileName, JUnitReport.WriteTo),
        new("kcidb", KcidbReport.FileName, KcidbReport.WriteTo),
        new("ktap", KtapReport.FileName, KtapReport.WriteTo),
        ReportFormat.Small("badge", BadgeReport.FileName, BadgeReport.Write),
    ];

    /// <summary>Writes each report through a temporary file, several at a time; the paths written, in the formats' order.</summary>
    /// <exception cref="IOException">One cannot be written; the others are.</exception>
    public static IReadOnlyList<string> Write(RunDocument document, string directory, IReadOnlyList<ReportFormat> formats)
    {
        string PathOf(ReportFormat format) => Path.Combine(directory, format.FileName);
        var failures = new List<Exception>();
        Parallel.ForEach(formats, format =>
        {
            try
            {
                Files.Replace(PathOf(format), stream => format.WriteTo(document, stream));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                lock (failures)
                {
                    failures.Add(e);
                }
            }
        });
        return failures.Count == 0 ? [.. formats.Select(PathOf)] : throw new IOException(failures[0].Message, failures[0]);
    }
}
