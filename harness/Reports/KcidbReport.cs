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

    private const string Name = "kcidb";

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

    private static void Write(RunStory story, Uri? run, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, _options))
        {
            new KcidbWriter(story, run, json).Write();
        }
        stream.WriteByte((byte)'\n');
    }
}
