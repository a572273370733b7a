using System.Text;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>What a reader should write: the declarations that work on every kernel measured, and those that do not.</summary>
internal static class MarkdownDeclarations
{
    public static void Write(StringBuilder text, RunDocument document)
    {
        var declarations = Declarations.Of(document);
        if (declarations.Count == 0)
        {
            return;
        }
        text.Line("What to write, so that it works everywhere (values of `ARRAY`, `HASH` and `LRU_HASH` inner maps):").Line()
            .Line("| the template is declared | the inner map is made | on the kernels measured |").Line("|---|---|---|");
        foreach (var declaration in declarations)
        {
            text.Line($"| {declaration.Declared} | {declaration.Made} | {Answer(declaration)} |");
        }
        text.Line();
    }

    private static string Answer(Declaration declaration)
    {
        if (declaration.WorksOn > 0)
        {
            return $"✓ {(declaration.WorksOn == 1 ? "the one kernel" : $"all {MarkdownReport.Count(declaration.WorksOn, "kernel")}")}";
        }
        var never = declaration.Histories.All(h => h.Segments.All(s => s.Status == CaseStatus.Skip));
        return never ? "– opens nowhere: the compiler drops the struct"
            : "✗ " + Markdown.Escape(string.Join("; ", declaration.Histories.Select(h => h.InWords).Distinct()));
    }
}
