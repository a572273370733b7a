using Harness.Results;

namespace Harness.Analysis;

/// <summary>A way to declare a struct-typed value that people ask about, and how it went.</summary>
/// <param name="Declared">What stands in the BPF object, or in the template.</param>
/// <param name="Made">How the inner map is made.</param>
/// <param name="Histories">One, unless map types or libbpf versions differ.</param>
/// <param name="WorksOn">The number of kernels, where all that could be asked accept it; 0 where some do not.</param>
public sealed record Declaration(string Declared, string Made, IReadOnlyList<SharedHistory> Histories, int WorksOn);

/// <summary>Which of the declarations that people write work on every kernel measured; the reader's answer.</summary>
public static class Declarations
{
    private const string Struct = "`__type(value, struct foo)`";
    private const string Untyped = "`bpf_map_create()` without BTF";
    private const string Typed = "`bpf_map_create()` with `btf_fd` and the struct's type ids";
    private const string NamedOnly = "struct.none.named_only.";

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
        var asked = Histories.Of(document)
            .SelectMany(h => h.Cases.Where(c => CaseId.Parse(c).Inner is "array" or "hash" or "lru_hash").Select(c => (History: h, Question: CauseQuestion.Of(c))))
            .ToLookup(x => (CaseId.Parse(x.Question.Id).Layer, x.Question.Text), x => x.History);
        var layer = asked.Any(g => g.Key.Layer == "libbpf") ? "libbpf" : "raw";
        var toolchains = asked.Select(g => g.Key.Text).Where(t => t.StartsWith(NamedOnly, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(t => (Question: t, Declared: $"{Struct}, the struct named nowhere else, by {t[NamedOnly.Length..]}", Made: Untyped));
        return
        [
            .. (layer == "libbpf" ? _libbpf : _raw).Concat(toolchains)
                .Select(d => Make(d.Declared, d.Made, [.. asked[(layer, d.Question)].Distinct()]))
                .Where(d => d.Histories.Count > 0).OrderBy(d => d.WorksOn == 0),
        ];
    }

    private static Declaration Make(string declared, string made, IReadOnlyList<SharedHistory> histories)
    {
        var segments = histories.SelectMany(h => h.Segments).ToList();
        var works = segments.All(s => s.Status is CaseStatus.Pass or CaseStatus.Skip) && histories.All(h => h.Segments.Any(s => s.Status == CaseStatus.Pass));
        var kernels = histories.GroupBy(h => h.Arch).Sum(g => g.Min(h => h.Segments.Where(s => s.Status == CaseStatus.Pass).Sum(s => s.Kernels)));
        return new Declaration(declared, made, histories, works ? kernels : 0);
    }
}
