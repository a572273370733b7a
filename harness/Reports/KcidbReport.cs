using System.Text.Encodings.Web;
using System.Text.Json;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// <c>kcidb.json</c>: KCIDB's report format, version 5.3. A kernel's image is a build of a checkout of its own, since a
/// distribution's package names no commit; no property is null, as the format demands.
/// </summary>
public static class KcidbReport
{
    public const string FileName = "kcidb.json";

    private const string Origin = "map_in_map_harness";
    private const string Suite = "bpf.map_in_map";
    private const int Major = 5;
    private const int Minor = 3;

    private const int ShortHash = 12;

    /// <summary>The longest <c>log_excerpt</c> that the format takes.</summary>
    private const int LongestExcerpt = 16384;

    private static readonly JsonWriterOptions _options = new() { Indented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteTo(RunDocument document, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, _options))
        {
            json.WriteStartObject();
            json.WriteStartObject("version");
            json.WriteNumber("major", Major);
            json.WriteNumber("minor", Minor);
            json.WriteEndObject();
            List(json, "checkouts", document.Kernels, k => Checkout(json, k));
            List(json, "builds", document.Kernels, k => Build(json, k));
            json.WriteStartArray("tests");
            foreach (var kernel in document.Kernels)
            {
                Tests(json, document.Run, kernel);
                json.Flush();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }

    private static void List(Utf8JsonWriter json, string name, IEnumerable<KernelResult> kernels, Action<KernelResult> write)
    {
        json.WriteStartArray(name);
        foreach (var kernel in kernels)
        {
            json.WriteStartObject();
            write(kernel);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Checkout(Utf8JsonWriter json, KernelResult kernel)
    {
        Identify(json, ImageId(kernel));
        Text(json, "comment", kernel.Source);
    }

    private static void Build(Utf8JsonWriter json, KernelResult kernel)
    {
        Identify(json, ImageId(kernel));
        json.WriteString("checkout_id", ImageId(kernel));
        if (kernel.Arch.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            json.WriteString("architecture", kernel.Arch);
        }
        json.WriteStartObject("misc");
        Text(json, "kernel", kernel.Id);
        Text(json, "release", kernel.Release);
        Text(json, "version", kernel.Version);
        Text(json, "image_sha256", kernel.Sha256);
        json.WriteEndObject();
    }

    private static void Tests(Utf8JsonWriter json, RunInfo run, KernelResult kernel)
    {
        foreach (var result in kernel.Cases)
        {
            StartTest(json, run, kernel, result.Id, result.Id, Status(result.Status));
            Text(json, "comment", Words.Answer(result));
            json.WriteStartObject("misc");
            json.WriteBoolean("as_expected", result.AsExpected);
            Text(json, "cause", result.Cause);
            Text(json, "workaround", result.Workaround);
            Text(json, "source", result.Source);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        if (kernel.Status != KernelStatus.Tested)
        {
            StartTest(json, run, kernel, "kernel", "", "MISS");
            Text(json, "comment", kernel.Reason is null ? Words.Of(kernel.Status) : $"{Words.Of(kernel.Status)}: {kernel.Reason}");
            if (kernel.ConsoleExcerpt is { } excerpt)
            {
                var lines = GuestText.Lines(excerpt);
                json.WriteString("log_excerpt", lines.Length <= LongestExcerpt ? lines : lines[^LongestExcerpt..]);
            }
            json.WriteNumber("duration", Math.Round(kernel.Seconds, 3));
            json.WriteStartObject("misc");
            json.WriteBoolean("as_expected", kernel.AsExpected);
            json.WriteString("kernel_status", Words.Of(kernel.Status));
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void StartTest(Utf8JsonWriter json, RunInfo run, KernelResult kernel, string name, string path, string status)
    {
        json.WriteStartObject();
        Identify(json, Id($"{run.Id}:{kernel.Id}:{name}"));
        json.WriteString("build_id", ImageId(kernel));
        json.WriteString("path", path.Length == 0 ? Suite : $"{Suite}.{Path(path)}");
        json.WriteString("status", status);
        json.WriteString("start_time", run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void Identify(Utf8JsonWriter json, string id)
    {
        json.WriteString("id", id);
        json.WriteString("origin", Origin);
    }

    /// <summary>The same image of the same kernel is the same build in every run. Each test repeats it, so a part of the hash must do.</summary>
    private static string ImageId(KernelResult kernel) => Id(kernel.Sha256 is { } hash ? $"{kernel.Id}:{hash[..Math.Min(ShortHash, hash.Length)]}" : kernel.Id);

    private static string Id(string text) => $"{Origin}:{GuestText.Line(text)}";

    private static string Path(string id) => new([.. id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_')]);

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, GuestText.Line(text));
        }
    }

    /// <summary>Repeats that disagree are no verdict either.</summary>
    private static string Status(CaseStatus status) => status switch
    {
        CaseStatus.Pass => "PASS",
        CaseStatus.Fail => "FAIL",
        CaseStatus.Skip => "SKIP",
        _ => "ERROR",
    };
}
