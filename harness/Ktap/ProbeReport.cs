using System.Globalization;

namespace Harness.Ktap;

/// <summary>
/// A prober's report, as read from its channel: protocol 1 of bpf/README.md. It is whole only when the header carries
/// this run's nonce, every planned case is there, and the end marker closes it.
/// </summary>
/// <param name="Nonce">The nonce that the header carries.</param>
/// <param name="Release">The kernel's release, as uname(2) gave it in the guest.</param>
/// <param name="Machine">The machine, as uname(2) gave it in the guest.</param>
/// <param name="Planned">The number of cases that the plan announces.</param>
/// <param name="Cases">The cases that were read; none when the report is not this VM's.</param>
/// <param name="HasEnd">The end marker carries this run's nonce and the number of cases read.</param>
/// <param name="Problem">What is wrong with the report; <c>null</c> when nothing is, though it may be cut.</param>
public sealed record ProbeReport(
    bool HasHeader,
    string? Nonce,
    string? Release,
    string? Machine,
    int? Planned,
    IReadOnlyList<ProbedCase> Cases,
    bool HasEnd,
    string? Problem)
{
    /// <summary>The version of the protocol that the harness reads.</summary>
    public const int Protocol = 1;

    /// <summary>In characters: uname(2) gives no longer name (__NEW_UTS_LEN).</summary>
    private const int LongestName = 64;

    private const string Start = "KTAP version ";

    /// <summary>The probe that wrote it, where the guest has several; else <c>null</c>.</summary>
    public string? Probe { get; init; }

    /// <summary>When the kernel logged something while a case ran, as the prober saw it.</summary>
    public IReadOnlyList<LogSpan> Log { get; init; } = [];

    /// <summary>
    /// The prober reads the kernel's log, so the kernel said nothing while it ran a case that is not in
    /// <see cref="Log"/>.
    /// </summary>
    public bool HasLog { get; init; }

    /// <summary>What the prober handed on with its cases.</summary>
    public IReadOnlyList<CaseText> Texts { get; init; } = [];

    /// <summary>Every planned case reported and the end marker seen.</summary>
    public bool IsWhole => Problem is null && HasHeader && HasEnd && Planned == Cases.Count;

    /// <summary>Reads the reports of a guest with several probes, each of which writes a whole one.</summary>
    /// <param name="text">All that came through the channel.</param>
    /// <param name="nonce">The nonce that this VM was given.</param>
    /// <returns>A report for each version line; a single one without a header when no line is a version line.</returns>
    public static IReadOnlyList<ProbeReport> ReadEach(string text, string nonce)
    {
        var reports = new List<ProbeReport>();
        for (var start = 0; start >= 0;)
        {
            var next = text.IndexOf("\n" + Start, start, StringComparison.Ordinal);
            reports.Add(Read(next < 0 ? text[start..] : text[start..(next + 1)], nonce));
            start = next < 0 ? next : next + 1;
        }
        return reports;
    }

    /// <summary>Reads the report of a guest with one probe.</summary>
    /// <param name="text">All that came through the channel.</param>
    /// <param name="nonce">The nonce that this VM was given.</param>
    public static ProbeReport Read(string text, string nonce)
    {
        var document = KtapParser.Parse(text);
        var header = Marked(document, "prober ");
        var end = Marked(document, "end ");
        var (cases, problem) = ReadCases(document);
        var isOfThisVm = header?.GetValueOrDefault("nonce") == nonce;
        if (header is null)
        {
            problem = cases.Count > 0 ? "results without a header" : null;
        }
        else if (!isOfThisVm)
        {
            problem = $"the report carries the nonce '{header.GetValueOrDefault("nonce")}', "
                + $"this VM was given '{nonce}'";
        }
        else if (header.GetValueOrDefault("protocol") is var protocol
            && protocol != Protocol.ToString(CultureInfo.InvariantCulture))
        {
            problem = $"the prober speaks protocol {protocol}, this harness speaks {Protocol}";
        }
        else if (new[] { "release", "machine" }.Any(name => header.GetValueOrDefault(name)?.Length > LongestName))
        {
            problem = "the header names a release or a machine that is longer than any is";
        }
        else if (end is not null && end.GetValueOrDefault("nonce") != nonce)
        {
            problem ??= $"the end marker carries the nonce '{end.GetValueOrDefault("nonce")}', "
                + $"this VM was given '{nonce}'";
        }
        var hasEnd = end is not null && end.GetValueOrDefault("nonce") == nonce
            && end.GetValueOrDefault("count") == cases.Count.ToString(CultureInfo.InvariantCulture);
        return new ProbeReport(
            header is not null,
            header?.GetValueOrDefault("nonce"),
            Name(header?.GetValueOrDefault("release")),
            Name(header?.GetValueOrDefault("machine")),
            document.Plan,
            isOfThisVm ? cases : [],
            hasEnd,
            problem)
        {
            Probe = header?.GetValueOrDefault("probe"),
            HasLog = header?.ContainsKey("log") == true,
            Log = isOfThisVm ? [.. document.Diagnostics.Select(LogSpan.TryRead).OfType<LogSpan>()] : [],
            Texts = isOfThisVm ? CaseTexts.Read(document.Diagnostics) : [],
        };
    }

    private static string? Name(string? text) => text?.Length <= LongestName ? text : null;

    private static IReadOnlyDictionary<string, string>? Marked(KtapDocument document, string mark) =>
        document.Diagnostics.FirstOrDefault(d => d.StartsWith(mark, StringComparison.Ordinal)) is { } line
            ? Fields.Parse(line[mark.Length..])
            : null;

    /// <summary>The cases up to the first result that makes no sense, and what is wrong.</summary>
    private static (IReadOnlyList<ProbedCase> Cases, string? Problem) ReadCases(KtapDocument document)
    {
        var cases = new List<ProbedCase>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var noise = document.Noise.Count > 0 ? $"not KTAP: '{Shorten(document.Noise[0])}'" : null;
        foreach (var result in document.Results)
        {
            var (read, problem) = ReadCase(result);
            problem ??= !seen.Add(result.Description) ? $"the case {result.Description} is reported twice"
                : result.Number != cases.Count + 1
                    ? $"result {result.Number} stands where result {cases.Count + 1} should"
                : Contradiction(read!);
            if (problem is not null)
            {
                return (cases, noise ?? problem);
            }
            cases.Add(read!);
        }
        return (cases, noise);
    }

    private static (ProbedCase? Case, string? Problem) ReadCase(KtapResult result)
    {
        var fields = Fields.Parse(result.Diagnostic);
        var want = fields.GetValueOrDefault("want");
        var outcome = fields.GetValueOrDefault("outcome") is var word and not "null" ? word : null;
        if (want is not ("accept" or "reject") || outcome is not (null or "accept" or "reject"))
        {
            return (null, $"result {result.Number} says neither accept nor reject: '{Shorten(result.Diagnostic)}'");
        }
        return (new ProbedCase(
            result.Number,
            result.Description,
            result.Ok,
            result.Directive == "SKIP",
            want,
            outcome,
            fields.GetValueOrDefault("step"),
            fields.GetValueOrDefault("errno"),
            fields.GetValueOrDefault("reason"))
        {
            Alone = outcome is null && result.Directive != "SKIP" && fields.GetValueOrDefault("alone") == "yes",
            Time = CaseTime.TryRead(fields.GetValueOrDefault("us")),
        }, null);
    }

    private static string? Contradiction(ProbedCase read) =>
        read.Ok == (read.Skipped || read.Outcome == read.Want) ? null
            : $"result {read.Number} is '{(read.Ok ? "ok" : "not ok")}', which its outcome contradicts";

    private static string Shorten(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
