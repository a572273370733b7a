using Harness.Results;

namespace Harness.Analysis;

/// <summary>How cases of a declaration went over the versions.</summary>
/// <param name="Which">The libbpf versions or map types that it went so for; empty when it went so for all.</param>
/// <param name="Never">No kernel was asked: the object does not open.</param>
/// <param name="Works">Accepted by every kernel that can be asked.</param>
public sealed record DeclarationAnswer(string InWords, string Which, bool Never, bool Works);

/// <summary>A way to declare a struct-typed value that people ask about, and how it went.</summary>
/// <param name="Declared">What stands in the BPF object, or in the template; Markdown.</param>
/// <param name="Made">How the inner map is made; Markdown.</param>
/// <param name="Toolchains">The compilers, where they matter.</param>
/// <param name="Answers">One, unless libbpf versions or map types differ.</param>
/// <param name="WorksOn">The number of kernels, where all that could be asked accept it; 0 where some do not.</param>
public sealed record Declaration(string Declared, string Made, IReadOnlyList<string> Toolchains, IReadOnlyList<DeclarationAnswer> Answers, int WorksOn);

/// <summary>Which of the declarations that people write work on every kernel measured; the reader's answer.</summary>
public static class Declarations
{
    private const string Struct = "`__type(value, struct foo)`";
    private const string Untyped = "`bpf_map_create()` without BTF";
    private const string Typed = "`bpf_map_create()` with `btf_fd` and the struct's type ids";
    private const string OnlyNamed = "struct.none.named_only.";

    private static readonly (string Question, string Declared, string Made)[] _libbpf =
    [
        ("bytes.none", "`__type(value, __u8[sizeof(struct foo)])`", Untyped),
        ("value_size.none", "`__uint(value_size, sizeof(struct foo))`", Untyped),
        ("struct.struct", Struct, Typed),
        ("struct.none.replaced_template", $"{Struct}, then an untyped map by `bpf_map__set_inner_map_fd()`", Untyped),
        ("struct.struct.values", $"{Struct}, in `.values` too", "by libbpf, from the object"),
        ("struct.none", Struct, Untyped),
        ("bytes.struct", "`__type(value, __u8[sizeof(struct foo)])`", Typed),
    ];

    private static readonly (string Question, string Declared, string Made)[] _raw =
    [
        ("bytes.none", "`__u8[N]` in BTF", "without BTF"),
        ("none.none", "no BTF", "without BTF"),
        ("struct.struct", "a struct in BTF", "with the same struct in BTF"),
        ("struct.none", "a struct in BTF", "without BTF"),
        ("none.struct", "no BTF", "with a struct in BTF"),
    ];

    /// <summary>Those that work everywhere first; of layer <c>libbpf</c> if the run has it, else of <c>raw</c>.</summary>
    public static IReadOnlyList<Declaration> Of(RunDocument document)
    {
        var asked = Histories.Of(document).SelectMany(h => h.Cases.Select(c => new Asked(h, CauseQuestion.Of(c))))
            .Where(a => a.Id.Inner is "array" or "hash" or "lru_hash")
            .ToLookup(a => (a.Id.Layer, a.Id.Question));
        var layer = asked.Any(g => g.Key.Layer == "libbpf") ? "libbpf" : "raw";
        return
        [
            .. (layer == "libbpf" ? _libbpf : _raw).Select(d => Make(d.Declared, d.Made, [], [.. asked[(layer, d.Question)]])).Concat(NamedOnly(asked))
                .Where(d => d.Answers.Count > 0).OrderBy(d => d.WorksOn == 0),
        ];
    }

    /// <summary>What compilers make of a struct that only the inner map's declaration names; those that agree in one row.</summary>
    private static IEnumerable<Declaration> NamedOnly(ILookup<(string Layer, string Question), Asked> asked) =>
        asked.Where(g => g.Key.Question.StartsWith(OnlyNamed, StringComparison.Ordinal))
            .Select(g => (Toolchain: g.Key.Question[OnlyNamed.Length..], Asked: g.ToList()))
            .GroupBy(t => string.Join('|', t.Asked.Select(a => a.History.InWords).Distinct()))
            .Select(g => Make($"{Struct}, the struct named nowhere else", Untyped,
                [.. g.Select(t => t.Toolchain).Order(StringComparer.Ordinal)], [.. g.SelectMany(t => t.Asked)]));

    private static Declaration Make(string declared, string made, IReadOnlyList<string> toolchains, IReadOnlyList<Asked> asked)
    {
        var histories = asked.Select(a => a.History).Distinct().ToList();
        var works = histories.All(Works);
        var kernels = histories.GroupBy(h => h.Arch).Sum(g => g.Min(h => h.Segments.Where(s => s.Status == CaseStatus.Pass).Sum(s => s.Kernels)));
        var groups = asked.GroupBy(a => a.History.InWords).ToList();
        var byLabel = groups.Sum(g => g.DistinctBy(a => a.Question.Label).Count()) == asked.DistinctBy(a => a.Question.Label).Count();
        var answers = groups.OrderBy(g => g.Any(a => a.Question.Label.Length == 0))
            .Select(g => new DeclarationAnswer(g.Key, groups.Count == 1 ? "" : Which(g, byLabel), g.All(a => a.IsNever), g.All(a => a.Works)));
        return new Declaration(declared, made, toolchains, [.. answers], works ? kernels : 0);
    }

    /// <summary>Accepted by every kernel that can be asked, and by one at least.</summary>
    private static bool Works(SharedHistory history) =>
        history.Segments.All(s => s.Status is CaseStatus.Pass or CaseStatus.Skip) && history.Segments.Any(s => s.Status == CaseStatus.Pass);

    /// <param name="asked">Those that went the same way, where others went another.</param>
    /// <param name="byLabel">It is the libbpf version that makes the difference.</param>
    private static string Which(IEnumerable<Asked> asked, bool byLabel) => byLabel
        ? asked.Any(a => a.Question.Label.Length == 0) ? "otherwise" : string.Join(", ", asked.Select(a => a.Question.Label[1..]).Distinct())
        : string.Join(", ", asked.Select(a => a.Id.Inner + (a.Question.Label.Length > 0 ? $" with {a.Question.Label[1..]}" : "")).Distinct());

    private sealed record Asked(SharedHistory History, CauseQuestion Question)
    {
        public CaseId Id { get; } = CaseId.Parse(Question.Id);

        public bool Works => Declarations.Works(History);

        public bool IsNever => History.Segments.All(s => s.Status == CaseStatus.Skip);
    }
}
