using System.Text;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>
/// <c>report.md</c>, from <c>results.json</c> alone: the answer first, then what changed where, what failed and why,
/// what could not be tested, and how the run was made. The same document gives the same bytes.
/// </summary>
public static class MarkdownReport
{
    public const string FileName = "report.md";

    public static string Write(RunDocument document)
    {
        var text = new StringBuilder();
        var grid = new Grid(document);
        Head(text, document);
        Answer(text, document, grid);
        Unexpected(text, document);
        Untested(text, document);
        MarkdownBaseline.Write(text, document);
        MarkdownFlaky.Write(text, document);
        MarkdownAxes.Write(text, document);
        MarkdownChanges.Write(text, document);
        MarkdownFailures.Write(text, document);
        MarkdownDetails.OtherQuestions(text, grid);
        MarkdownDetails.Constant(text, document);
        MarkdownDetails.HowItWasMade(text, document);
        return text.ToString();
    }

    /// <summary>Where the selection left out what the answer is made of.</summary>
    public const string NotAsked = "The cases that answer it were not run.";

    private static void Head(StringBuilder text, RunDocument document)
    {
        var tested = document.Kernels.Count(k => k.Status == KernelStatus.Tested);
        var cases = document.Kernels.Sum(k => k.Cases.Count);
        text.Line("# Where struct-typed inner maps work").Line()
            .Line($"Run {Markdown.Code(document.Run.Id)}: {tested} of {Words.Count(document.Kernels.Count, "kernel")} tested, {Words.Count(cases, "verdict")}, on {Markdown.Escape(document.Run.Accel)}."
                + (document.Run.Complete ? "" : " **The run was interrupted; what follows is what it measured.**")).Line();
    }

    private static void Answer(StringBuilder text, RunDocument document, Grid grid)
    {
        if (grid.Kernels.Count == 0)
        {
            text.Line("No kernel could be tested.").Line();
            return;
        }
        text.Line("## The answer").Line();
        if (!grid.Questions.Select(q => q.Layer).Distinct().Any(l => grid.Foremost(l).Count > 0) && Answers.Of(document).Count == 0)
        {
            text.Line(NotAsked).Line();
            return;
        }
        foreach (var sentence in Answers.Of(document))
        {
            text.Line($"- {Markdown.Escape(sentence)}");
        }
        text.Line();
        MarkdownDeclarations.Write(text, document);
        foreach (var layer in grid.Questions.Select(q => q.Layer).Distinct())
        {
            var questions = grid.Foremost(layer);
            if (questions.Count > 0)
            {
                text.Line($"Layer {Markdown.Code(layer)}, template → candidate (how the value is typed in the outer map's template, and in the map put in):").Line();
                MarkdownTables.Grid(text, grid, questions, Words.Verdict);
            }
        }
        text.Line("✓ the kernel did what is wanted · ✗ it did the opposite · – the kernel lacks what the case needs · ! no verdict. "
            + "Numbers count cases where map types differ; a type that the kernel does not have is left out here, and counted in the table further down.").Line();
    }

    private static void Unexpected(StringBuilder text, RunDocument document)
    {
        var cases = Reports.Unexpected.Of(document);
        var kernels = document.Kernels.Where(k => !k.AsExpected).ToList();
        if (cases.Count + kernels.Count == 0)
        {
            text.Line("Every result is as expected.").Line();
            return;
        }
        text.Line("## Not as expected").Line();
        foreach (var kernel in kernels)
        {
            text.Line($"- {Markdown.Code(kernel.Id)}: **{Words.Of(kernel.Status)}**: {Markdown.Escape(kernel.Reason ?? "")}");
        }
        foreach (var group in cases)
        {
            var at = group.Step is null ? "" : Markdown.Escape($" at {group.Step} with {group.Errno ?? "no errno"}");
            text.Line($"- **{Words.Of(group.Status)}**{at} where {Words.Of(group.Expected)} is expected, on {Markdown.Escape(group.Kernels)}:");
            foreach (var pattern in CasePatterns.Of(group.Cases))
            {
                text.Line($"  - {Markdown.Code(pattern)}");
            }
        }
        text.Line();
    }

    private static void Untested(StringBuilder text, RunDocument document)
    {
        var untested = document.Kernels.Where(k => k.Status != KernelStatus.Tested).ToList();
        if (untested.Count == 0)
        {
            return;
        }
        text.Line("## Could not be tested").Line().Line("| kernel | status | why | console |").Line("|---|---|---|---|");
        foreach (var kernel in untested)
        {
            var console = kernel.Console is null ? "" : $"[log]({Markdown.Path(kernel.Console)})";
            text.Line($"| {Markdown.Code(kernel.Id)} | {Words.Of(kernel.Status)} | {Markdown.Escape(kernel.Reason ?? "")} | {console} |");
        }
        text.Line();
    }
}
