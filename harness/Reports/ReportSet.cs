using System.Text;
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
    ];

    /// <summary>Writes each report through a temporary file; the paths written, in order.</summary>
    public static IReadOnlyList<string> Write(RunDocument document, string directory, IReadOnlyList<ReportFormat> formats)
    {
        var paths = new List<string>();
        foreach (var format in formats)
        {
            var path = Path.Combine(directory, format.FileName);
            File.WriteAllText(path + ".tmp", format.Write(document), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(path + ".tmp", path, overwrite: true);
            paths.Add(path);
        }
        return paths;
    }
}
