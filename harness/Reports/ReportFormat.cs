using System.Globalization;
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
    /// <summary>
    /// Writes the report's files in their order, by what it is given as often as there are files. One file by default;
    /// further ones are for formats whose readers take no file of any size.
    /// </summary>
    public Action<RunStory, Action<Action<Stream>>> WriteFiles
    {
        get => field ?? ((story, file) => file(stream => WriteTo(story, stream)));
        init;
    }

    /// <summary>A format whose reports are small, or made as one text.</summary>
    public static ReportFormat Small(string name, string fileName, Func<RunStory, string> write) =>
        new(name, fileName, (story, stream) => stream.Write(Encoding.UTF8.GetBytes(write(story))));

    /// <summary>The name of a report's first file, or a further one: <c>kcidb.json</c>, <c>kcidb-2.json</c>.</summary>
    /// <param name="number">From 1.</param>
    public static string NameOf(string fileName, int number) => number == 1
        ? fileName
        : string.Create(CultureInfo.InvariantCulture,
            $"{Path.GetFileNameWithoutExtension(fileName)}-{number}{Path.GetExtension(fileName)}");

    /// <summary>The further files of a report that are in a directory, in their order.</summary>
    public static IEnumerable<string> FurtherFiles(string directory, string fileName) =>
        Enumerable.Range(2, int.MaxValue - 2).Select(number => Path.Combine(directory, NameOf(fileName, number)))
            .TakeWhile(File.Exists);
}
