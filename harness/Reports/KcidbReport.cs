using System.Text.Encodings.Web;
using System.Text.Json;
using Harness.Analysis;

namespace Harness.Reports;

/// <summary>
/// <c>kcidb.json</c>: KCIDB's report format, version 5.3. A kernel's image is a build of a checkout of its own, since a
/// distribution's package names no commit; no property is null, as the format demands.
/// </summary>
public static class KcidbReport
{
    public const string FileName = "kcidb.json";

    private static readonly JsonWriterOptions _options = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WriteTo(RunStory story, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, _options))
        {
            new KcidbWriter(story, json).Write();
        }
        stream.WriteByte((byte)'\n');
    }
}
