using Harness.Machines;
using Harness.Probes.Libbpf;

namespace Harness.Probes.InnerMaps;

/// <summary>The probe that this project was made for: which inner maps does a BPF map-in-map take?</summary>
public static class InnerMapsProbe
{
    /// <summary>Of the probe, and of its program in a guest.</summary>
    internal const string Name = "inner-maps";

    /// <summary>The part of an id that is the inner map's type.</summary>
    internal const string Inner = "inner";

    /// <summary>The inner maps that most programs use, whatever the outer one is.</summary>
    private const string CommonMaps = "raw.*.{array,hash,lru_hash}";

    private const string LabelStart = "libbpf-";

    private const string OneToThreeDigits = "[0-9]{,[0-9]{,[0-9]}}";

    private static readonly CaseIdForm _ids = new()
    {
        Parts = ["layer", "outer", Inner, "template", "candidate"],
        Places = ["outer", Inner],
        Rest = "variant",
        LabelStart = LabelStart,
        // Map types first: a question that holds for every type reads best as one line.
        FoldOrder = [Inner, "outer", "variant", "candidate", "template", "layer"],
        Separator = " → ",
        Filters =
        [
            new("layer", "Layer", "layer"),
            new("outer", "Outer map", "outer"),
            new("inner", "Inner map", Inner),
            new("typing", "Typing (template → candidate)", "template", "candidate"),
        ],
    };

    private static readonly string[] _steps =
    [
        "btf_load", "template", "inner", "outer", "update", "delete", "look_up", "batch", "free",
        "load", "run", "value", "object_open", "object_load",
    ];

    public static Probe Instance { get; } = new()
    {
        Name = Name,
        Title = "Where struct-typed inner maps work",
        Layers = ["raw", "libbpf"],
        Ids = _ids,
        BuildParts = [new Glob($"clang-{OneToThreeDigits}")],
        BuildLabels = [new Glob($"{LabelStart}{OneToThreeDigits}-{OneToThreeDigits}")],
        Steps = _steps,
        // A program reads where one of the two maps has no element (seen_program_is_dangerous() of bpf/inner-maps).
        MayKill = [new Glob("raw.*.seen_*_beyond_*")],
        Program = new InnerMapsProgram(),
        Interpret = KernelWords.Interpret,
        Words = new ProbeWords
        {
            Columns = "template → inner map",
            Question = "template → candidate",
            QuestionMeaning = "how the value is typed in the outer map's template, and in the map put in",
            Numbers = "Numbers count cases where map types differ; a type that the kernel does not have is left out "
                + "here, and counted in the table further down.",
            OtherQuestions = "other typings",
            Variants = "variants, controls",
            JUnit = "map-in-map",
            KcidbOrigin = "map_in_map_harness",
            KcidbSuite = "bpf.map_in_map",
            Badge = new BadgeWords("struct inner maps", new Glob($"{CommonMaps}.struct.none")),
        },
        FirstQuestions =
        [
            Ask("struct.none", "Template typed by a struct, inner map without BTF"),
            Ask("struct.bytes", "Template typed by a struct, inner map by __u8[N]"),
            Ask("struct.struct", "Both typed by the same struct"),
            Ask("bytes.none", "Template typed by __u8[N], inner map without BTF"),
        ],
        Groups = InnerMapsGroups.All,
        // Struct against bytes first, as that is what people come for; then the rest of the pairs.
        Columns =
        [
            "struct.none", "none.struct", "struct.bytes", "bytes.struct", "struct.struct", "bytes.none", "none.bytes",
            "bytes.bytes", "none.none",
        ],
        Causes = new(() => InnerMapsCauses.Read(_steps, _ids)),
        References = [new(@"\blibbpf issue (\d+)\b", "https://github.com/libbpf/libbpf/issues/{0}")],
        Story = new ProbeStory
        {
            Answer = DeclarationsBlock.Of,
            Sections = AxesSection.Of,
            Summary = AxesSection.Summary,
            Made = AxesSection.Made,
        },
        Variants = RunFacts.Variants,
        CheckFacts = RunFacts.Check,
        DoesWithout = InnerMapsKernel.DoesWithout,
        Needs = [KernelNeed.Bpf],
        CaseOptions = InnerMapsKernel.Options,
        MatrixSections = [BuildAxes.Toolchains, BuildAxes.Libbpf],
        Examples = InnerMapsExamples.Instance,
    };

    /// <summary>A list of this probe alone, for its own sections.</summary>
    internal static ProbeList OnlyThis { get; } = new(Instance);

    internal static CaseId Parse(string caseId) => OnlyThis.Parse(caseId);

    private static FirstQuestion Ask(string question, string subject) =>
        new(subject, new Glob($"{CommonMaps}.{question}"), Inner);
}
