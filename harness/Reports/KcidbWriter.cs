using System.Globalization;
using System.Text.Json;
using Harness.Analysis;
using Harness.Probes;
using Harness.Results;

namespace Harness.Reports;

/// <summary>Writes a run in KCIDB's format.</summary>
internal sealed class KcidbWriter
{
    private const int Major = 5;
    private const int Minor = 3;

    /// <summary>Where no probe says otherwise.</summary>
    private const string PlainOrigin = "kernel_harness";

    /// <summary>Each test repeats its build's id, so a part of the image's hash must do.</summary>
    private const int ShortHash = 12;

    /// <summary>The longest <c>log_excerpt</c> that the format takes, in characters.</summary>
    private const int LongestExcerpt = 16384;

    private readonly RunDocument _document;
    private readonly ProbeList _probes;
    private readonly Utf8JsonWriter _json;
    private readonly ProbeWords? _words;

    public KcidbWriter(RunStory story, Utf8JsonWriter json)
    {
        (_document, _probes, _json) = (story.Document, story.Probes, json);
        _words = _probes.AskedBy(_document.Run).Select(p => p.Words).FirstOrDefault();
    }

    private string Origin => _words?.KcidbOrigin ?? PlainOrigin;

    public void Write()
    {
        _json.WriteStartObject();
        _json.WriteStartObject("version");
        _json.WriteNumber("major", Major);
        _json.WriteNumber("minor", Minor);
        _json.WriteEndObject();
        List("checkouts", Checkout);
        List("builds", Build);
        _json.WriteStartArray("tests");
        foreach (var kernel in _document.Kernels)
        {
            foreach (var result in kernel.Cases)
            {
                Test(kernel, result);
            }
            if (kernel.Status != KernelStatus.Tested || !kernel.AsExpected)
            {
                Untested(kernel);
            }
            _json.Flush();
        }
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void List(string name, Action<KernelResult> write)
    {
        _json.WriteStartArray(name);
        foreach (var kernel in _document.Kernels)
        {
            _json.WriteStartObject();
            write(kernel);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void Checkout(KernelResult kernel)
    {
        Identify(ImageId(kernel));
        Text("comment", kernel.Source);
    }

    private void Build(KernelResult kernel)
    {
        Identify(ImageId(kernel));
        _json.WriteString("checkout_id", ImageId(kernel));
        if (kernel.Arch.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            _json.WriteString("architecture", kernel.Arch);
        }
        _json.WriteStartObject("misc");
        Text("kernel", kernel.Id);
        Text("release", kernel.Release);
        Text("version", kernel.Version);
        Text("image_sha256", kernel.Sha256);
        _json.WriteEndObject();
    }

    private void Test(KernelResult kernel, CaseResult result)
    {
        StartTest(kernel, result.Id, result.Id, Status(result.Status));
        Text("comment", Words.Answer(result));
        _json.WriteStartObject("misc");
        _json.WriteBoolean("as_expected", result.AsExpected);
        Text("cause", result.Cause);
        Text("workaround", result.Workaround);
        Text("source", result.Source);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void Untested(KernelResult kernel)
    {
        // A kernel that was tested is here because it complained.
        StartTest(kernel, "kernel", "", kernel.Status == KernelStatus.Tested ? "FAIL" : "MISS");
        Text("comment", Words.Of(kernel));
        if (kernel.ConsoleExcerpt is { } excerpt)
        {
            var lines = GuestText.Lines(excerpt);
            _json.WriteString("log_excerpt", lines.Length <= LongestExcerpt ? lines : lines[^LongestExcerpt..]);
        }
        _json.WriteNumber("duration", Math.Round(kernel.Seconds, 3));
        _json.WriteStartObject("misc");
        _json.WriteBoolean("as_expected", kernel.AsExpected);
        _json.WriteString("kernel_status", Words.Of(kernel.Status));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void StartTest(KernelResult kernel, string name, string caseId, string status)
    {
        _json.WriteStartObject();
        Identify(Id($"{_document.Run.Id}:{kernel.Id}:{name}"));
        _json.WriteString("build_id", ImageId(kernel));
        var suite = (_probes.Of(caseId)?.Words ?? _words)?.KcidbSuite ?? PlainOrigin;
        _json.WriteString("path", caseId.Length == 0 ? suite : $"{suite}.{Path(caseId)}");
        _json.WriteString("status", status);
        _json.WriteString("start_time",
            _document.Run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    private void Identify(string id)
    {
        _json.WriteString("id", id);
        _json.WriteString("origin", Origin);
    }

    /// <summary>The same image of the same kernel is the same build in every run.</summary>
    private string ImageId(KernelResult kernel) => Id(kernel.Sha256 is { } hash
        ? $"{kernel.Id}:{hash[..Math.Min(ShortHash, hash.Length)]}"
        : kernel.Id);

    private string Id(string text) => $"{Origin}:{GuestText.Line(text)}";

    private static string Path(string id) =>
        new([.. id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_')]);

    private void Text(string name, string? text)
    {
        if (text is not null)
        {
            _json.WriteString(name, GuestText.Line(text));
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
