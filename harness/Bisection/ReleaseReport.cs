using System.Globalization;
using System.Text;
using Harness.Reports;

namespace Harness.Bisection;

/// <summary><c>bisect.md</c> of a bisection over releases: the answer, then how it was found.</summary>
internal static class ReleaseReport
{
    public const string FileName = "bisect.md";

    public static string Write(ReleaseDocument document)
    {
        var text = new StringBuilder();
        var (info, answer) = (document.Bisection, document.Answer);
        text.Line($"# {Title(answer.Result)}").Line().Line($"**{Markdown.Escape(answer.Sentence)}**").Line();
        Ends(text, answer);
        Changes(text, "Every change", document.Transitions);
        Changes(text, "The same verdict, given otherwise", document.ErrorChanges);
        Steps(text, document.Steps);
        text.Line("## How it was asked").Line()
            .Line($"Case {Markdown.Code(info.Case)}; good {Markdown.Code(info.Good)}, bad {Markdown.Code(info.Bad)}; "
                + $"{Analysis.Words.Count(info.Kernels, "kernel")} from one to the other"
                + $"{(info.All ? ", each tested once" : "")}; {Analysis.Words.Count(info.Boots, "boot")}.").Line()
            .Line($"Harness {Markdown.Escape(info.Harness)}, prober {Markdown.Code(info.Prober.Sha256[..12])}"
                + (info.Accel is null ? "" : $", on {Markdown.Escape(info.Accel)}, "
                    + $"kernel parameters {Markdown.Code(info.KernelParameters ?? "")}") + ".").Line();
        return text.ToString();
    }

    internal static string Title(BisectResult result) => result switch
    {
        BisectResult.Found => "Found",
        BisectResult.Range => "A range is left",
        BisectResult.EndsAgree => "Nothing to look for",
        BisectResult.EndUntestable => "An end cannot be tested",
        _ => "Interrupted",
    };

    /// <summary>Links to the files of a step; a file that does not exist is left out.</summary>
    internal static string Evidence(params IEnumerable<(string Name, string? Path)> files) =>
        string.Join(", ", files.Where(f => f.Path is not null).Select(f => $"[{f.Name}]({Markdown.Path(f.Path!)})"));

    private static void Ends(StringBuilder text, ReleaseAnswer answer)
    {
        if (answer is not { From: { } from, To: { } to })
        {
            return;
        }
        text.Line("| kernel | version | verdict |").Line("|---|---|---|");
        foreach (var kernel in (IEnumerable<BisectKernel>)[from, .. answer.Between, to])
        {
            text.Line($"| {Markdown.Code(kernel.Kernel)} | {Markdown.Escape(kernel.Version ?? "")} "
                + $"| {Markdown.Escape(kernel.Verdict?.ToString() ?? kernel.Problem ?? "")} |");
        }
        text.Line();
    }

    private static void Changes(StringBuilder text, string title, IReadOnlyList<ReleaseTransition> transitions)
    {
        if (transitions.Count == 0)
        {
            return;
        }
        text.Line($"## {title}").Line().Line("| between | and | case | was | is | cause |")
            .Line("|---|---|---|---|---|---|");
        foreach (var t in transitions)
        {
            var open = t.Untested.Count == 0 ? "" : $" (untested between: {string.Join(", ", t.Untested)})";
            text.Line($"| {Markdown.Code(t.From.Kernel)} | {Markdown.Code(t.To.Kernel)}{Markdown.Escape(open)} "
                + $"| {Markdown.Code(t.Case)} | {Markdown.Escape(Words(t.From))} | {Markdown.Escape(Words(t.To))} "
                + $"| {Markdown.Escape(t.Cause ?? "")} |");
        }
        text.Line();
    }

    private static string Words(Results.TransitionEnd end)
    {
        var hasVerdict = end.Outcome is not null || end.Status == Results.CaseStatus.Skip;
        var verdict = hasVerdict ? new Verdict(end.Outcome, end.Step, end.Errno).ToString() : "no verdict";
        return $"{Analysis.Words.Of(end.Status)}: {verdict}";
    }

    private static void Steps(StringBuilder text, IReadOnlyList<ReleaseStep> steps)
    {
        text.Line("## Steps").Line().Line("| step | kernel | verdict | seconds | evidence |")
            .Line("|--:|---|---|--:|---|");
        foreach (var step in steps)
        {
            var evidence = Evidence(("console", step.Console), ("KTAP", step.Ktap));
            text.Line(string.Create(CultureInfo.InvariantCulture, $"| {step.Step} | {Markdown.Code(step.Kernel)} ")
                + $"| {Markdown.Escape(step.Verdict?.ToString() ?? step.Problem ?? "several cases")} "
                + $"| {(step.Remembered ? "remembered" : step.Seconds.ToString("0.0", CultureInfo.InvariantCulture))} "
                + $"| {evidence} |");
        }
        text.Line();
    }
}
