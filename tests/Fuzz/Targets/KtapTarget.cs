using System.Text;
using Harness.Ktap;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// The KTAP parser and the prober's report. A report that is cut before its end marker is never whole, and a whole one
/// says the same when it is written again from what was read.
/// </summary>
internal sealed class KtapTarget : FuzzTarget
{
    private const string Nonce = "feed";

    protected override void Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var document = KtapParser.Parse(text);
        var lines = text.Count(c => c == '\n');
        Require(document.Results.Count + document.Diagnostics.Count + document.Noise.Count <= lines,
            "a line of the text is at most one line of the document");
        foreach (var report in ProbeReport.ReadEach(text, Nonce))
        {
            RequireMeasured(report);
        }
        var read = ProbeReport.Read(text, Nonce);
        if (!read.IsWhole)
        {
            return;
        }
        Require(read.Nonce == Nonce, "a whole report carries the nonce of its VM");
        var end = text.IndexOf("# end ", StringComparison.Ordinal);
        Require(!ProbeReport.Read(text[..end], Nonce).IsWhole, "without its end marker a report is not whole");
        var again = ProbeReport.Read(Write(read), Nonce);
        Require(again.IsWhole && again.Cases.SequenceEqual(read.Cases), "what was read is written and read again");
    }

    private static void RequireMeasured(ProbeReport report)
    {
        Require(report.Cases.Count == 0 || report.Nonce == Nonce, "cases are those of this VM");
        Require(report.Cases.Select(c => c.Id).Distinct().Count() == report.Cases.Count, "no case stands twice");
        Require(report.Cases.Index().All(c => c.Item.Number == c.Index + 1), "cases stand in their order");
        Require(report.Cases.All(c => c.Want is "accept" or "reject" && c.Outcome is null or "accept" or "reject"
            && c.Ok == (c.Skipped || c.Outcome == c.Want)), "a case's words agree");
    }

    private static string Write(ProbeReport report)
    {
        var text = new StringBuilder("KTAP version 1\n");
        text.Append(Invariant($"# prober protocol=1 nonce={Nonce} release=r machine=m cases={report.Cases.Count}\n"));
        text.Append(Invariant($"1..{report.Cases.Count}\n"));
        foreach (var read in report.Cases)
        {
            text.Append(Invariant($"{(read.Ok ? "ok" : "not ok")} {read.Number} {read.Id} # "));
            text.Append(Invariant($"{(read.Skipped ? "SKIP " : "")}want={read.Want} outcome={read.Outcome ?? "null"}"));
            text.Append(Field("step", read.Step)).Append(Field("errno", read.Errno));
            text.Append(Field("reason", read.Reason)).Append('\n');
        }
        return text.Append(Invariant($"# end nonce={Nonce} count={report.Cases.Count}\n")).ToString();
    }

    private static string Field(string name, string? value) => value is null ? "" : $" {name}={value}";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
