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
            var by = declaration.Toolchains.Count == 0 ? "" : $", by {Markdown.Escape(string.Join(", ", declaration.Toolchains))}";
            text.Line($"| {declaration.Declared}{by} | {declaration.Made} | {Answer(declaration)} |");
        }
        text.Line();
    }

    private static string Answer(Declaration declaration)
    {
        if (declaration.WorksOn > 0)
        {
            return $"✓ {(declaration.WorksOn == 1 ? "the one kernel" : $"all {Words.Count(declaration.WorksOn, "kernel")}")}";
        }
        var answers = declaration.Answers.Select(a => (declaration.Answers.Count > 1 ? Sign(a) + " " : "") + (a.Which.Length > 0 ? $"{Markdown.Escape(a.Which)}: " : "")
            + (a.Never ? "opens nowhere, the compiler drops the struct" : Markdown.Escape(a.InWords)));
        return (declaration.Answers.Count > 1 ? "" : Sign(declaration.Answers[0]) + " ") + string.Join("; ", answers);
    }

    private static string Sign(DeclarationAnswer answer) => answer.Never ? "–" : answer.Works ? "✓" : "✗";
}
