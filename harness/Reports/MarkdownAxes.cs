using System.Text;
using Harness.Analysis;
using Harness.Results;

namespace Harness.Reports;

/// <summary>What is the compiler's or libbpf's doing, beside what the kernels answered.</summary>
internal static class MarkdownAxes
{
    /// <summary>Objects of such a name hold a struct that is named in the declaration of an inner map alone (bpf/objects).</summary>
    private const string NamedOnly = "named_only";

    public static void Write(StringBuilder text, RunDocument document)
    {
        if (document.Run.Toolchains.Count + document.Run.Libbpf.Count == 0)
        {
            return;
        }
        text.Line("## What compilers and libbpf make of it").Line();
        foreach (var toolchain in document.Run.Toolchains)
        {
            Toolchain(text, document, toolchain);
        }
        Libbpf(text, document);
        text.Line();
    }

    private static void Toolchain(StringBuilder text, RunDocument document, ToolchainInfo toolchain)
    {
        var name = $"**{Markdown.Escape(toolchain.Name)}**{(toolchain.Version is null ? "" : $" ({Markdown.Escape(toolchain.Version)})")}";
        var incomplete = toolchain.Objects.Where(o => !o.Complete).ToList();
        if (incomplete.Count == 0)
        {
            text.Line($"- {name}: {(toolchain.Objects.Count == 1 ? "its object is" : $"all its {toolchain.Objects.Count} objects are")} complete.");
        }
        foreach (var group in incomplete.GroupBy(o => (o.Problem, NamedOnly: o.Name.EndsWith(NamedOnly, StringComparison.Ordinal))))
        {
            var what = $"- {name}: {Markdown.Escape(group.Key.Problem ?? "incomplete BTF")} in {Words.Count(group.Count(), "object")} of {toolchain.Objects.Count}";
            text.Line(group.Key.NamedOnly
                ? $"{what}, where the struct is only named in `__array(values, …)`. {OpensNowhere(document, toolchain)}"
                : $"{what}: {string.Join(", ", group.Select(o => Markdown.Code(o.Name)))}.");
        }
    }

    private static string OpensNowhere(RunDocument document, ToolchainInfo toolchain)
    {
        var variant = $"{NamedOnly}.{toolchain.Name}";
        var kernels = document.Kernels.Select(k => k.Cases.Where(c => CaseId.Parse(CauseQuestion.Of(c.Id).Id).Variant == variant).ToList()).Where(c => c.Count > 0).ToList();
        var refused = kernels.Count(cases => cases.All(c => c is { Status: CaseStatus.Skip, Step: "object_open" }));
        return kernels.Count > 0 && refused == kernels.Count
            ? $"Such an object opens nowhere: libbpf refused it on each kernel measured ({refused}), before the kernel was asked."
            : "libbpf cannot tell such a value's size.";
    }

    private static void Libbpf(StringBuilder text, RunDocument document)
    {
        var steps = LibbpfComparison.Of(document);
        if (document.Run.Libbpf is [var only])
        {
            text.Line($"- **Does a newer libbpf change an answer?** Not asked: only libbpf {Markdown.Escape(only.Version)} was run (`libbpf:` in the matrix adds others).");
        }
        else if (steps.Sum(s => s.Compared) == 0)
        {
            text.Line("- **Does a newer libbpf change an answer?** Not asked: no case of layer `libbpf` was run with two of them.");
        }
        else
        {
            text.Line($"- **Does a newer libbpf change an answer?** {Verdict(steps)}:");
            foreach (var step in steps)
            {
                Step(text, step, new KernelNames(document));
            }
        }
    }

    /// <summary>Who asks has the machine's version in mind: what came before it is another matter.</summary>
    private static string Verdict(IReadOnlyList<LibbpfStep> steps)
    {
        var newer = steps.SkipWhile(s => s.Older.Label is not null).ToList();
        return (steps.Any(s => s.Changes.Count > 0), newer) switch
        {
            (false, _) => "No",
            (_, { Count: > 0 }) when newer.All(s => s.Changes.Count == 0) => $"None newer than {Markdown.Escape(newer[0].Older.Version)}, the machine's, does",
            _ => "Yes",
        };
    }

    private static void Step(StringBuilder text, LibbpfStep step, KernelNames names)
    {
        text.Line($"  - {Markdown.Escape(step.InWords)}{(step.Changes.Count == 0 ? "." : ":")}");
        var groups = step.Changes.GroupBy(c => c.Case)
            .Select(g => (Case: g.Key, Kernels: names.Of(g.Select(c => c.KernelId).ToHashSet()), What: string.Join("; ", g.Select(What).Distinct())))
            .GroupBy(c => (c.What, c.Kernels));
        foreach (var group in groups)
        {
            text.Line($"    - {Markdown.Escape(group.Key.What)} on {Markdown.Escape(group.Key.Kernels)}: "
                + string.Join(", ", CasePatterns.Of(group.Select(c => c.Case)).Select(Markdown.Code)));
        }
    }

    private static string What(LibbpfChange change) => $"{Answer(change.Older)} → {Answer(change.Newer)}";

    private static string Answer(CaseResult result)
    {
        var at = result.Step is null ? "" : $" at {result.Step}{(result.Errno is null ? "" : $" with {result.Errno}")}";
        return (result.Status, result.Outcome) switch
        {
            (CaseStatus.Skip, _) => $"not applicable{at}",
            (CaseStatus.Flaky, _) => "flaky",
            (CaseStatus.Error, _) => $"no verdict{at}",
            (_, Outcome.Accept) => "accepted",
            _ => $"rejected{at}",
        };
    }
}
