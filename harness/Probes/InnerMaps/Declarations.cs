using Harness.Analysis;
using Harness.Results;

namespace Harness.Probes.InnerMaps;

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

    /// <summary>
    /// Those that work everywhere first; of layer <c>libbpf</c> if the run has it, else of <c>raw</c>.
    /// </summary>
    public static IReadOnlyList<Declaration> Of(RunDocument document)
    {
        var cases = Histories.Of(document)
            .SelectMany(h => h.Cases.Select(c => new DeclaredCase(h, InnerMapsProbe.Parse(c))))
            .Where(c => c.Id[InnerMapsProbe.Inner] is "array" or "hash" or "lru_hash")
            .ToLookup(c => (c.Id.Layer, c.Id.QuestionWithoutLabel));
        var layer = cases.Any(g => g.Key.Layer == "libbpf") ? "libbpf" : "raw";
        return
        [
            .. (layer == "libbpf" ? _libbpf : _raw)
                .Select(d => Make(d.Declared, d.Made, [], [.. cases[(layer, d.Question)]]))
                .Concat(NamedOnly(cases)).Where(d => d.Answers.Count > 0).OrderBy(d => d.WorksOn == 0),
        ];
    }

    /// <summary>
    /// What compilers make of a struct that only the inner map's declaration names; compilers that agree share a row.
    /// </summary>
    private static IEnumerable<Declaration> NamedOnly(ILookup<(string Layer, string Question), DeclaredCase> cases) =>
        cases.Where(g => g.Key.Question.StartsWith(OnlyNamed, StringComparison.Ordinal))
            .Select(g => (Toolchain: g.Key.Question[OnlyNamed.Length..], Cases: g.ToList()))
            .GroupBy(t => string.Join('|', t.Cases.Select(c => c.History.InWords).Distinct()))
            .Select(g => Make($"{Struct}, the struct named nowhere else", Untyped,
                [.. g.Select(t => t.Toolchain).Order(StringComparer.Ordinal)], [.. g.SelectMany(t => t.Cases)]));

    private static Declaration Make(
        string declared, string made, IReadOnlyList<string> toolchains, IReadOnlyList<DeclaredCase> cases)
    {
        var histories = cases.Select(c => c.History).Distinct().ToList();
        var kernels = histories.GroupBy(h => h.Lineage)
            .Sum(g => g.Min(h => h.Segments.Where(s => s.Status == CaseStatus.Pass).Sum(s => s.Kernels)));
        var groups = cases.GroupBy(c => c.History.InWords).ToList();
        var labels = cases.DistinctBy(c => c.Id.Label).Count();
        var byLabel = groups.Sum(g => g.DistinctBy(c => c.Id.Label).Count()) == labels;
        var answers = groups.OrderBy(g => g.Any(c => c.Id.Label.Length == 0))
            .Select(g => new DeclarationAnswer(
                g.Key, groups.Count == 1 ? "" : Which(g, byLabel) + Where(g, histories), g.All(c => c.IsNever),
                g.All(c => c.Works)));
        return new Declaration(declared, made, toolchains, [.. answers], histories.All(Works) ? kernels : 0);
    }

    /// <summary>Accepted by every kernel that can be asked, and by one at least.</summary>
    private static bool Works(SharedHistory history) =>
        history.Segments.All(s => s.Status is CaseStatus.Pass or CaseStatus.Skip)
        && history.Segments.Any(s => s.Status == CaseStatus.Pass);

    /// <param name="cases">Those that went the same way, where others went another.</param>
    /// <param name="byLabel">It is the libbpf version that makes the difference.</param>
    private static string Which(IEnumerable<DeclaredCase> cases, bool byLabel) => byLabel
        ? cases.Any(c => c.Id.Label.Length == 0) ? "otherwise"
            : string.Join(", ", cases.Select(c => c.Id.Label).Distinct())
        : string.Join(", ", cases.Select(MapType).Distinct());

    /// <summary>The machines and lines, where those cases went another way on others.</summary>
    private static string Where(IEnumerable<DeclaredCase> cases, IReadOnlyList<SharedHistory> all)
    {
        var (here, names) = (cases.Select(c => c.History.Lineage).Distinct().ToList(),
            new LineageNames(all.Select(h => h.Lineage)));
        return here.Count == all.DistinctBy(h => h.Lineage).Count() ? ""
            : $" on {string.Join(", ", here.Select(names.Of))}";
    }

    private static string MapType(DeclaredCase declared) => declared.Id[InnerMapsProbe.Inner]
        + (declared.Id.Label.Length > 0 ? $" with {declared.Id.Label}" : "");

    private sealed record DeclaredCase(SharedHistory History, CaseId Id)
    {
        public bool Works => Declarations.Works(History);

        public bool IsNever => History.Segments.All(s => s.Status == CaseStatus.Skip);
    }
}
