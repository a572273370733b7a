using System.Globalization;
using System.Text;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>The parts of <c>report.md</c> below its first screen.</summary>
internal static class MarkdownDetails
{
    private const int FoldAbove = 12;

    public static void OtherQuestions(StringBuilder text, Grid grid)
    {
        foreach (var layer in grid.Questions.Select(q => q.Layer).Distinct())
        {
            var rest = grid.Questions.Where(q => q.Layer == layer).Except(grid.Foremost(layer)).Where(q => !grid.IsRepetition(q)).ToList();
            if (rest.Count == 0)
            {
                continue;
            }
            text.Line($"## All other questions, layer {Markdown.Code(layer)}").Line().Line("<details><summary>The table</summary>").Line();
            foreach (var part in rest.Chunk(FoldAbove))
            {
                MarkdownTables.Grid(text, grid, part, Words.Of);
            }
            text.Line("</details>").Line();
        }
    }

    public static void Constant(StringBuilder text, RunDocument document)
    {
        var constant = Histories.Of(document).Where(h => !h.Changes).ToList();
        if (constant.Count == 0)
        {
            return;
        }
        var skipped = document.Kernels.SelectMany(k => k.Cases.Where(c => c.Status == CaseStatus.Skip), (kernel, result) => (kernel, result))
            .ToLookup(s => s.result.Id, StringComparer.Ordinal);
        var names = new KernelNames(document);
        text.Line("## What is the same on all kernels measured").Line().Line("<details><summary>The ranges</summary>").Line();
        foreach (var history in constant)
        {
            text.Line($"- {Markdown.Escape(history.InWords)} ({Words.Count(history.Cases.Count, "case")}, {Markdown.Escape(history.Arch)})").Line();
            MarkdownCauses.Write(text, history.Cases.Select(c => (c, WhySkipped(skipped[c].Where(s => s.kernel.Arch == history.Arch), names))), null);
        }
        text.Line("</details>").Line();
    }

    /// <summary>What no kernel can express may have one cause on the older and another on the newer ones.</summary>
    private static string? WhySkipped(IEnumerable<(KernelResult Kernel, CaseResult Result)> skips, KernelNames names)
    {
        var causes = skips.GroupBy(s => s.Result.Cause ?? s.Result.Source).Where(g => g.Key is not null).ToList();
        return causes.Count switch
        {
            0 => null,
            1 => Markdown.Escape(causes[0].Key!),
            _ => Markdown.Escape(string.Join(' ', causes.Select(g => $"{names.Of(g.Select(s => s.Kernel.Id).ToHashSet())}: {g.Key}"))),
        };
    }

    public static void HowItWasMade(StringBuilder text, RunDocument document)
    {
        var run = document.Run;
        var seconds = (run.FinishedAt - run.StartedAt).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        text.Line("## How the run was made").Line()
            .Line($"- Started {run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, took {seconds} s; {run.Jobs} VMs at a time, {run.TimeoutSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s each at most.")
            .Line($"- Accelerator: {Markdown.Escape(run.Accel)}" + (run.AccelNote is null ? "." : $" ({Markdown.Escape(run.AccelNote)})."))
            .Line($"- Harness {Markdown.Escape(run.Harness)}, prober {Markdown.Code(run.Prober.Sha256[..Math.Min(12, run.Prober.Sha256.Length)])} with {run.Prober.Cases} cases"
                + (run.CaseGlobs.Count == 0 ? "." : $", selected by {string.Join(", ", run.CaseGlobs.Select(Markdown.Code))}."))
            .Line($"- Host: {Markdown.Escape(run.Host.Os)}, Linux {Markdown.Escape(run.Host.Kernel)}, {Markdown.Escape(run.Host.Cpu)}, {run.Host.Cores} cores; {Markdown.Escape(run.Host.Qemu)}, virtme-ng {Markdown.Escape(run.Host.Virtme)}.")
            .Line($"- Kernel parameters: {Markdown.Code(run.KernelParameters)}");
        foreach (var note in run.Notes)
        {
            text.Line($"- Note: {Markdown.Escape(note)}");
        }
        foreach (var kernel in document.Kernels.Where(k => k.BootedPlain))
        {
            text.Line($"- {Markdown.Code(kernel.Id)}: {Words.BootedPlain}");
        }
        foreach (var kernel in document.Kernels.Where(k => k.Note is not null))
        {
            text.Line($"- {Markdown.Code(kernel.Id)}: {Markdown.Escape(kernel.Note!)}");
        }
        text.Line().Line("<details><summary>The kernels</summary>").Line()
            .Line("| kernel | release | source | image sha256 | s |").Line("|---|---|---|---|--:|");
        foreach (var kernel in document.Kernels)
        {
            text.Line($"| {Markdown.Code(kernel.Id)} | {Markdown.Escape(kernel.Release ?? "")} | {Markdown.Escape(kernel.Source)} | {(kernel.Sha256 is { } s ? Markdown.Code(s[..Math.Min(12, s.Length)]) : "")} | {kernel.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} |");
        }
        text.Line().Line("</details>");
    }
}
