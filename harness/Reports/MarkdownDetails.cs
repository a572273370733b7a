using System.Globalization;
using System.Text;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>The parts of <c>report.md</c> below its first screen.</summary>
internal static class MarkdownDetails
{
    private const int FoldAbove = 12;

    public static void Failures(StringBuilder text, RunDocument document)
    {
        var failures = document.Kernels
            .SelectMany(k => k.Cases.Where(c => c.Status is CaseStatus.Fail or CaseStatus.Error), (kernel, result) => (kernel, result))
            .GroupBy(x => x.result.Id).Select(OfCase)
            .GroupBy(f => f.Kernels + f.What + f.Cause).ToList();
        if (failures.Count == 0)
        {
            return;
        }
        text.Line("## Failures").Line();
        foreach (var group in failures)
        {
            var first = group.First();
            text.Line($"- {Markdown.Escape(first.What)} on {first.Kernels} ({MarkdownReport.Count(group.Count(), "case")})").Line();
            foreach (var pattern in CasePatterns.Of(group.Select(f => f.Id)))
            {
                text.Line($"  - `{pattern}`");
            }
            text.Line();
            if (first.Cause.Length > 0)
            {
                text.Line($"  {Markdown.Escape(first.Cause)}").Line();
            }
        }
    }

    public static void OtherQuestions(StringBuilder text, Grid grid)
    {
        foreach (var layer in grid.Questions.Select(q => q.Layer).Distinct())
        {
            var rest = grid.Questions.Where(q => q.Layer == layer).Except(grid.Foremost(layer)).ToList();
            if (rest.Count == 0)
            {
                continue;
            }
            text.Line($"## All other questions, layer `{layer}`").Line().Line("<details><summary>The table</summary>").Line();
            foreach (var part in rest.Chunk(FoldAbove))
            {
                MarkdownTables.Grid(text, grid, part, Words.Of);
            }
            text.Line("</details>").Line();
        }
    }

    public static void Constant(StringBuilder text, IReadOnlyList<SharedHistory> histories)
    {
        var constant = histories.Where(h => !h.Changes).ToList();
        if (constant.Count == 0)
        {
            return;
        }
        text.Line("## What is the same on all kernels measured").Line().Line("<details><summary>The ranges</summary>").Line();
        foreach (var history in constant)
        {
            text.Line($"- {Markdown.Escape(history.InWords)} ({MarkdownReport.Count(history.Cases.Count, "case")}, {history.Arch})").Line();
            foreach (var pattern in CasePatterns.Of(history.Cases))
            {
                text.Line($"  - `{pattern}`");
            }
            text.Line();
        }
        text.Line("</details>").Line();
    }

    public static void HowItWasMade(StringBuilder text, RunDocument document)
    {
        var run = document.Run;
        var seconds = (run.FinishedAt - run.StartedAt).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        text.Line("## How the run was made").Line()
            .Line($"- Started {run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, took {seconds} s; {run.Jobs} VMs at a time, {run.TimeoutSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s each at most.")
            .Line($"- Accelerator: {run.Accel}" + (run.AccelNote is null ? "." : $" ({Markdown.Escape(run.AccelNote)})."))
            .Line($"- Harness {Markdown.Escape(run.Harness)}, prober `{run.Prober.Sha256[..Math.Min(12, run.Prober.Sha256.Length)]}` with {run.Prober.Cases} cases"
                + (run.CaseGlobs.Count == 0 ? "." : $", selected by {string.Join(", ", run.CaseGlobs.Select(g => $"`{g}`"))}."))
            .Line($"- Host: {Markdown.Escape(run.Host.Os)}, Linux {Markdown.Escape(run.Host.Kernel)}, {Markdown.Escape(run.Host.Cpu)}, {run.Host.Cores} cores; {Markdown.Escape(run.Host.Qemu)}, virtme-ng {Markdown.Escape(run.Host.Virtme)}.")
            .Line($"- Kernel parameters: `{run.KernelParameters}`");
        foreach (var note in run.Notes)
        {
            text.Line($"- Note: {Markdown.Escape(note)}");
        }
        foreach (var kernel in document.Kernels.Where(k => k.Note is not null))
        {
            text.Line($"- `{kernel.Id}`: {Markdown.Escape(kernel.Note!)}");
        }
        text.Line().Line("<details><summary>The kernels</summary>").Line()
            .Line("| kernel | release | source | image sha256 | s |").Line("|---|---|---|---|--:|");
        foreach (var kernel in document.Kernels)
        {
            text.Line($"| `{kernel.Id}` | {Markdown.Escape(kernel.Release ?? "")} | {Markdown.Escape(kernel.Source)} | {(kernel.Sha256 is { } s ? $"`{s[..Math.Min(12, s.Length)]}`" : "")} | {kernel.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} |");
        }
        text.Line().Line("</details>");
    }

    private static (string Id, string Kernels, string What, string Cause) OfCase(IGrouping<string, (KernelResult Kernel, CaseResult Result)> results)
    {
        var first = results.First().Result;
        var kernels = string.Join(", ", results.Select(r => r.Kernel.Version ?? r.Kernel.Id).Distinct());
        var errors = string.Join("; ", results.Select(r => r.Result).Select(What).Distinct());
        var cause = string.Join(" ", new[] { first.Cause, first.Workaround is null ? null : $"Workaround: {first.Workaround}" }.Where(t => t is not null));
        return (results.Key, kernels, errors, cause);
    }

    private static string What(CaseResult result)
    {
        var where = result.Step is null ? "" : $" at {result.Step} with {result.Errno ?? "no errno"}";
        return result.Status == CaseStatus.Error
            ? $"no verdict{where}{(result.Reason is null ? "" : $": {result.Reason}")}"
            : result.Outcome == Outcome.Reject ? $"rejected{where}, wanted accepted" : "accepted, wanted rejected";
    }
}
