using System.Text;
using Harness.Analysis;

namespace Harness.Reports;

/// <summary>A report format: its name on the command line, its file, and how a run's story is written.</summary>
/// <param name="WriteTo">
/// Writes kernel by kernel where the report grows with their number, so that no report is in memory as a whole. The
/// story leads to the document and its probes, too.
/// </param>
public sealed record ReportFormat(string Name, string FileName, Action<RunStory, Stream> WriteTo)
{
    /// <summary>A format whose reports are small, or made as one text.</summary>
    public static ReportFormat Small(string name, string fileName, Func<RunStory, string> write) =>
        new(name, fileName, (story, stream) => stream.Write(Encoding.UTF8.GetBytes(write(story))));
}
