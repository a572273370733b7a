using Harness.Analysis;
using Harness.Probes.Libbpf;
using Harness.Results;
using Harness.Story;

namespace Harness.Probes.InnerMaps;

/// <summary>What is the compiler's or libbpf's doing, beside what the kernels answered.</summary>
internal static class AxesSection
{
    /// <summary>
    /// Objects of such a name hold a struct that is named in the declaration of an inner map alone (bpf/objects).
    /// </summary>
    private const string NamedOnly = "named_only";

    /// <summary>The layer of the cases that each libbpf runs.</summary>
    private const string LibbpfLayer = "libbpf";

    private const string Question = "Does a newer libbpf change an answer?";

    public static IReadOnlyList<Section> Of(RunDocument document)
    {
        var toolchains = RunFacts.Toolchains(document.Run);
        return toolchains.Count + RunFacts.Libbpfs(document.Run).Count == 0 ? [] :
        [
            new Section("What compilers and libbpf make of it",
                new Block.Points([.. toolchains.SelectMany(t => Toolchain(document, t)), Libbpf(document)])),
        ];
    }

    /// <summary>For the terminal, one a pair of neighbouring libbpfs.</summary>
    public static IReadOnlyList<Sentence> Summary(RunDocument document) =>
        [.. Comparison(document).Where(s => s.Compared > 0).Select(s => (Sentence)(s.InWords + "."))];

    /// <summary>How the run was made, as far as compilers and libbpf go.</summary>
    public static IReadOnlyList<Sentence> Made(RunDocument document) =>
    [
        .. RunFacts.Toolchains(document.Run).Select(t => (Sentence)(
            $"Compiler of BPF objects: {t.Name}{(t.Version is null ? "" : $" ({t.Version})")}, "
            + $"{t.Objects.Count(o => o.Complete)} of {Words.Count(t.Objects.Count, "object")} complete.")),
        .. RunFacts.Libbpfs(document.Run).Select(l => (Sentence)(
            $"libbpf {l.Version}{(l.Label is null ? "" : $", cases named {l.Label}")}: "
            + $"{Words.Count(l.Cases, "case")}.")),
    ];

    private static IReadOnlyList<LibbpfStep> Comparison(RunDocument document) =>
        LibbpfComparison.Of(document, RunFacts.Libbpfs(document.Run), LibbpfLayer, InnerMapsProbe.Parse);

    private static IEnumerable<Item> Toolchain(RunDocument document, ToolchainInfo toolchain)
    {
        var version = toolchain.Version is null ? "" : $" ({toolchain.Version})";
        var name = new Sentence(Phrase.Strong(toolchain.Name), version + ": ");
        var incomplete = toolchain.Objects.Where(o => !o.Complete).ToList();
        if (incomplete.Count == 0)
        {
            var objects = toolchain.Objects.Count == 1 ? "its object is"
                : $"all its {toolchain.Objects.Count} objects are";
            yield return new Item(name + $"{objects} complete.");
        }
        var groups = incomplete.GroupBy(o =>
            (o.Problem, NamedOnly: o.Name.EndsWith(NamedOnly, StringComparison.Ordinal)));
        foreach (var group in groups)
        {
            var what = name + $"{group.Key.Problem ?? "incomplete BTF"} in {Words.Count(group.Count(), "object")} "
                + $"of {toolchain.Objects.Count}";
            yield return new Item(group.Key.NamedOnly
                ? what + Sentence.Marked(", where the struct is only named in `__array(values, …)`. ")
                    + OpensNowhere(document, toolchain)
                : what + ": " + Sentence.Join(", ", group.Select(o => new Sentence(Phrase.Code(o.Name)))) + ".");
        }
    }

    private static string OpensNowhere(RunDocument document, ToolchainInfo toolchain)
    {
        var variant = $"{NamedOnly}.{toolchain.Name}";
        var kernels = document.Kernels.Select(k => k.Cases.Where(c => IsOf(c, variant)).ToList())
            .Where(c => c.Count > 0).ToList();
        var refused = kernels.Count(cases => cases.All(c => c is { Status: CaseStatus.Skip, Step: "object_open" }));
        return kernels.Count > 0 && refused == kernels.Count
            ? $"Such an object opens nowhere: libbpf refused it on each kernel measured ({refused}), "
                + "before the kernel was asked."
            : "libbpf cannot tell such a value's size.";
    }

    private static bool IsOf(CaseResult result, string variant) => result.Id.Contains(variant, StringComparison.Ordinal)
        && InnerMapsProbe.Parse(InnerMapsProbe.Parse(result.Id).WithoutLabel).Rest == variant;

    private static Item Libbpf(RunDocument document)
    {
        var question = new Sentence(Phrase.Strong(Question));
        var steps = Comparison(document);
        if (RunFacts.Libbpfs(document.Run) is [var only])
        {
            return new Item(question + $" Not asked: only libbpf {only.Version} was run ("
                + Sentence.Marked("`libbpf:` in the matrix adds others)."));
        }
        if (steps.Sum(s => s.Compared) == 0)
        {
            return new Item(question
                + Sentence.Marked(" Not asked: no case of layer `libbpf` was run with two of them."));
        }
        var names = new KernelNames(document);
        return new Item(question + $" {Verdict(steps)}:", new Block.Points([.. steps.Select(s => Step(s, names))]));
    }

    /// <summary>The reader means the libbpf installed on this machine: what older ones did is another matter.</summary>
    private static string Verdict(IReadOnlyList<LibbpfStep> steps)
    {
        var newer = steps.SkipWhile(s => s.Older.Label is not null).ToList();
        return (steps.Any(s => s.Changes.Count > 0), newer) switch
        {
            (false, _) => "No",
            (_, { Count: > 0 }) when newer.All(s => s.Changes.Count == 0) =>
                $"None newer than {newer[0].Older.Version}, the machine's, does",
            _ => "Yes",
        };
    }

    private static Item Step(LibbpfStep step, KernelNames names)
    {
        var groups = step.Changes.GroupBy(c => c.Case)
            .Select(g => (Case: g.Key, Kernels: names.Of(g.Select(c => c.KernelId).ToHashSet(StringComparer.Ordinal)),
                What: string.Join("; ", g.Select(What).Distinct())))
            .GroupBy(c => (c.What, c.Kernels))
            .Select(g => new Item($"{g.Key.What} on {g.Key.Kernels}: " + Patterns(g.Select(c => c.Case)))).ToList();
        return groups.Count == 0
            ? new Item(step.InWords + ".")
            : new Item(step.InWords + ":", new Block.Points(groups));
    }

    private static Sentence Patterns(IEnumerable<string> cases) => Sentence.Join(", ",
        CasePatterns.Of(cases, InnerMapsProbe.OnlyThis).Select(pattern => new Sentence(Phrase.Code(pattern))));

    private static string What(LibbpfChange change) => $"{Answer(change.Older)} → {Answer(change.Newer)}";

    private static string Answer(CaseResult result) =>
        Words.Of(result.Status, result.Outcome, result.Step, result.Errno);
}
