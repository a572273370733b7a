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
        var written = new IReadOnlyList<string>[formats.Count];
        var failures = new List<Exception>();
        Parallel.ForEach(formats.Index(), format =>
        {
            try
            {
                written[format.Index] = Write(story, directory, format.Item);
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
            [] => [.. written.SelectMany(paths => paths)],
            _ when failures.Find(e => e is ResultsException) is { } damaged =>
                throw new ResultsException(damaged.Message, damaged),
            _ => throw new IOException(failures[0].Message, failures[0]),
        };
    }

    /// <summary>Writes one report; further files that it had before, and no longer has, are removed.</summary>
    private static List<string> Write(RunStory story, string directory, ReportFormat format)
    {
        string PathOf(int number) => Path.Combine(directory, ReportFormat.NameOf(format.FileName, number));
        var written = new List<string>();
        format.WriteFiles(story, write =>
        {
            var path = PathOf(written.Count + 1);
            Files.Replace(path, write);
            written.Add(path);
        });
        for (var number = written.Count + 1; number > 1 && File.Exists(PathOf(number)); number++)
        {
            File.Delete(PathOf(number));
        }
        return written;
    }
}
