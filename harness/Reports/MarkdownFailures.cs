using System.Text;
using Harness.Results;

namespace Harness.Reports;

/// <summary>What failed, told once a source: where, how, why, and what worked instead.</summary>
internal static class MarkdownFailures
{
    private const string NobodyKnows = "No rule and no expectation knows why.";

    public static void Write(StringBuilder text, RunDocument document)
    {
        var failures = document.Kernels
            .SelectMany(k => k.Cases.Where(c => c.Status is CaseStatus.Fail or CaseStatus.Error or CaseStatus.Flaky), (kernel, result) => new Failure(kernel, result))
            .ToList();
        if (failures.Count == 0)
        {
            return;
        }
        var names = new KernelNames(document);
        text.Line("## Failures").Line();
        foreach (var group in failures.GroupBy(f => f.Result.Source ?? f.Result.Cause).OrderByDescending(g => g.Key is null).ThenByDescending(g => g.Count()))
        {
            text.Line($"- {string.Join("; ", group.GroupBy(f => What(f.Result)).Select(g => $"**{Markdown.Escape(g.Key)}** on {Where(g, names)}"))}").Line();
            MarkdownCauses.Write(text, Explained([.. group], names), group.First().Result.Source);
        }
    }

    /// <summary>Each reason once a case; with its kernels where the reasons do not share them.</summary>
    private static IEnumerable<(string Case, string? Why)> Explained(List<Failure> failures, KernelNames names)
    {
        var reasons = failures.GroupBy(f => Why(f.Result))
            .Select(g => (Why: g.Key, Where: names.Of(g.Select(f => f.Kernel.Id).ToHashSet()), Cases: g.Select(f => f.Result.Id).Distinct())).ToList();
        var shared = reasons.DistinctBy(r => r.Where).Count() == 1;
        return reasons.SelectMany(r => r.Cases.Select(c => (c, (string?)(shared ? r.Why : $"{Markdown.Escape(r.Where)}: {r.Why}"))));
    }

    private static string Why(CaseResult result)
    {
        var cause = Markdown.Escape(result.Cause ?? (result.Source is null ? NobodyKnows : ""));
        return result.Workaround is null ? cause : $"{cause} *Workaround:* {Markdown.Escape(result.Workaround)}".TrimStart();
    }

    /// <summary>The kernels, and how many cases: not all of them need to fail on the same.</summary>
    private static string Where(IEnumerable<Failure> failures, KernelNames names)
    {
        var places = failures.GroupBy(f => f.Result.Id)
            .GroupBy(ofCase => names.Of(ofCase.Select(f => f.Kernel.Id).ToHashSet()))
            .OrderByDescending(g => g.Count());
        return string.Join(" and on ", places.Select(g => $"{Markdown.Escape(g.Key)} ({Words.Count(g.Count(), "case")})"));
    }

    private static string What(CaseResult result)
    {
        var at = result.Step is null ? "" : $" at {result.Step} with {result.Errno ?? "no errno"}";
        return result.Status switch
        {
            CaseStatus.Flaky => "flaky",
            CaseStatus.Error => $"no verdict{at}{(result.Reason is null ? "" : $": {result.Reason}")}",
            _ => result.Outcome == Outcome.Reject ? $"rejected{at}, wanted accepted" : "accepted, wanted rejected",
        };
    }

    private sealed record Failure(KernelResult Kernel, CaseResult Result);
}
