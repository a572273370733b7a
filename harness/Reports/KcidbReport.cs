using System.Text.Encodings.Web;
using System.Text.Json;
using Harness.Analysis;

namespace Harness.Reports;

/// <summary>
/// <c>kcidb.json</c>: KCIDB's report format, version 5.3 (kernelci/kcidb-io, kcidb_io/schema/v05_03.py), with what
/// KernelCI's ingester (kernelci/dashboard, backend, monitor_submissions) needs beside it. No property is null, as the
/// format demands.
/// </summary>
public static class KcidbReport
{
    public const string FileName = "kcidb.json";

    public const string Name = "kcidb";

    private static readonly JsonWriterOptions _options = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ReportFormat Format { get; } = new(Name, FileName, (story, stream) => Write(story, null, stream));

    /// <summary>The same with links to the kernels' consoles.</summary>
    /// <param name="run">
    /// Where the run's directory is published, with a slash at its end: <c>https://example.org/runs/ID/</c>. Consoles
    /// are <c>.txt</c> there, as <c>harness publish</c> names them.
    /// </param>
    public static ReportFormat Published(Uri run) => new(Name, FileName, (story, stream) => Write(story, run, stream));

    /// <summary>A run that shows an issue, with the issue and where it was seen.</summary>
    public static void WriteIssue(RunStory story, KcidbIssue issue, Stream stream) =>
        Write(story, null, stream, issue);

    private static void Write(RunStory story, Uri? run, Stream stream, KcidbIssue? issue = null)
    {
        using (var json = new Utf8JsonWriter(stream, _options))
        {
            new KcidbWriter(story, run, json).Write(issue);
        }
        stream.WriteByte((byte)'\n');
    }
}
