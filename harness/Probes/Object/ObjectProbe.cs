using Harness.Machines;
using Harness.Probes.Libbpf;

namespace Harness.Probes.Object;

/// <summary>Which parts of users' BPF objects does each kernel take?</summary>
public static class ObjectProbe
{
    /// <summary>Of the probe, of its program in a guest, and of its one layer.</summary>
    internal const string Name = "object";

    private const string OneToThreeDigits = "[0-9]{,[0-9]{,[0-9]}}";

    private static readonly CaseIdForm _ids = new()
    {
        Parts = ["layer", Name, "what"],
        Rest = "part",
        LabelStart = ProberSettings.LabelStart,
        // The parts of an object first: what holds for all of them reads best as one line.
        FoldOrder = ["part", "what", Name, "layer"],
        Separator = " ",
        Filters = [new("object", "Object", Name), new("what", "What is asked", "what")],
    };

    private static readonly string[] _steps = ["open", "relocate", "map", "load", "attach"];

    public static Probe Instance { get; } = new()
    {
        Name = Name,
        Title = "Where BPF objects load",
        Layers = [Name],
        Ids = _ids,
        BuildLabels = [new Glob($"{ProberSettings.LabelStart}{OneToThreeDigits}-{OneToThreeDigits}")],
        Steps = _steps,
        Program = new ObjectProgram(),
        Input = new ObjectInput(),
        Interpret = ObjectReport.Interpret,
        Files = ObjectReport.Files,
        Words = new ProbeWords
        {
            Columns = "objects and their programs",
            Question = "object, and program",
            QuestionMeaning = "whether the kernel takes the whole object, or one program and the maps that it needs",
            Numbers = "",
            OtherQuestions = "other parts",
            Variants = "programs, maps",
            JUnit = "object",
            KcidbOrigin = "kernel_harness",
            KcidbSuite = "bpf.object",
        },
        ColumnsOf = ObjectColumns.Of,
        Causes = new(() => ObjectCauses.Read(_steps, _ids)),
        Story = new ProbeStory
        {
            Answer = ObjectStory.Answer,
            Sections = ObjectStory.Sections,
            Summary = ObjectStory.Summary,
            Made = ObjectStory.Made,
        },
        Variants = ObjectFacts.Variants,
        CheckFacts = run => _ = ObjectFacts.Of(run),
        DoesWithout = ObjectKernel.DoesWithout,
        Needs = [KernelNeed.Bpf],
        KernelOptions = ObjectKernel.Options,
        CaseOptions = ObjectKernel.Required,
        MatrixSections = [BuildAxes.Toolchains, BuildAxes.Libbpf],
        Examples = new ProbeExamples
        {
            Subject = "each program and each map of a BPF object loads",
            Case = "object.x.load",
            Pattern = "object.x.*",
            LayerPattern = "object.*.load",
            QuestionPattern = "object.*.prog.*",
            Sources = "kernel/bpf",
        },
    };

    /// <summary>A list of this probe alone, for its own sections.</summary>
    internal static ProbeList OnlyThis { get; } = new(Instance);

    internal static CaseId Parse(string caseId) => OnlyThis.Parse(caseId);
}
