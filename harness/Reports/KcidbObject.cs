using System.Globalization;
using System.Text.Json;
using Harness.Analysis;
using Harness.Probes;
using Harness.Results;

namespace Harness.Reports;

/// <summary>What the objects of a KCIDB report have in common: their ids, and how values are written.</summary>
internal sealed class KcidbObject
{
    /// <summary>Where no probe says otherwise.</summary>
    private const string PlainOrigin = "kernel_harness";

    /// <summary>Each test repeats its build's id, so a part of the image's hash must do.</summary>
    private const int ShortHash = 12;

    private readonly Utf8JsonWriter _json;
    private readonly ProbeWords? _words;

    public KcidbObject(RunStory story, Utf8JsonWriter json)
    {
        (Probes, _json) = (story.Probes, json);
        _words = Probes.AskedBy(story.Document.Run).Select(p => p.Words).FirstOrDefault();
    }

    private ProbeList Probes { get; }

    private string Origin => _words?.KcidbOrigin ?? PlainOrigin;

    /// <summary>Begins an object with its id.</summary>
    public void Start(string id)
    {
        _json.WriteStartObject();
        _json.WriteString("id", id);
        _json.WriteString("origin", Origin);
    }

    public void Text(string name, string? text)
    {
        if (text is not null)
        {
            _json.WriteString(name, GuestText.Line(text));
        }
    }

    /// <summary>
    /// A time as results.json has it, in whole seconds: what a run writes, and what is made of its file later, agree.
    /// </summary>
    public static DateTimeOffset Written(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    public void Time(string name, DateTimeOffset time) => _json.WriteString(
        name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));

    /// <param name="digits">
    /// After the point. A case takes less than a millisecond where the machine is not emulated.
    /// </param>
    public void Seconds(string name, double? seconds, int digits = 3)
    {
        if (seconds is { } known)
        {
            _json.WriteNumber(name, (decimal)Math.Round(known, digits));
        }
    }

    public string Id(string text) => $"{Origin}:{GuestText.Line(text)}";

    /// <summary>
    /// Kernels of the same sources, in several flavours, are builds of one checkout. A file that was given has no known
    /// sources, so it is its own checkout.
    /// </summary>
    public string CheckoutId(KernelResult kernel) => kernel.Checkout is { } checkout
        ? Id($"{checkout.Tree}/{checkout.Branch}{(checkout.Commit is { } commit ? $"/{commit}" : "")}")
        : BuildId(kernel);

    /// <summary>The same image of the same kernel is the same build in every run.</summary>
    public string BuildId(KernelResult kernel) => Id(kernel.Sha256 is { } hash
        ? $"{kernel.Id}:{hash[..Math.Min(ShortHash, hash.Length)]}"
        : kernel.Id);

    /// <summary>
    /// Each run tests anew. What an earlier run measured is that run's test: whoever has both counts it once.
    /// </summary>
    /// <param name="name">What is tested: a case's id, or a part of the run.</param>
    public string TestId(RunInfo run, KernelResult kernel, string name) =>
        Id($"{kernel.Known?.Run ?? run.Id}:{kernel.Id}:{name}");

    /// <summary>Where a case stands among all tests: below its probe's name.</summary>
    public string PathOf(string caseId) => $"{Suite(caseId)}.{Path(caseId)}";

    /// <summary>The name of a case's probe among all tests; of no case, the name of the run's first.</summary>
    public string Suite(string caseId = "") => (Probes.Of(caseId)?.Words ?? _words)?.KcidbSuite ?? PlainOrigin;

    /// <summary>No part of a path is empty, and none has other characters than these.</summary>
    private static string Path(string id) => string.Join('.', id.Split('.').Select(Part));

    private static string Part(string text) => text.Length == 0
        ? "_"
        : new([.. text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_')]);
}
