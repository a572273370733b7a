namespace Harness.Probes.Exec;

/// <summary>The probe that runs programs of others: any executable, which says what it found by exit code or KTAP.
/// </summary>
public static class ExecProbe
{
    /// <summary>Of the probe, and of its program in a guest.</summary>
    internal const string Name = "exec";

    /// <summary>The first part of its ids.</summary>
    internal const string Layer = "exec";

    internal const string ProgramPart = "program";

    public static Probe Instance { get; } = new()
    {
        Name = Name,
        Title = "On which kernels these programs pass",
        Layers = [Layer],
        Ids = new CaseIdForm
        {
            Parts = ["layer", ProgramPart],
            Rest = "test",
            FoldOrder = ["test", ProgramPart, "layer"],
            Separator = " ",
            Filters = [new(ProgramPart, "Program", ProgramPart)],
        },
        Steps = ExecSteps.All,
        StepsOfMachine = [ExecSteps.Signal, ExecSteps.Timeout],
        Program = new ExecProgram(),
        Input = new ExecInput(),
        ColumnsOf = ExecStory.Columns,
        Story = new ProbeStory { Answer = ExecStory.Answer, Summary = ExecStory.Summary },
        Interpret = ExecResults.Of,
        Files = ExecResults.Files,
        Words = new ProbeWords
        {
            Columns = "programs",
            Question = "program (test)",
            QuestionMeaning = "a program by its name, and behind it the test in it",
            Numbers = "Numbers count tests.",
            OtherQuestions = "programs",
            Variants = "tests",
            JUnit = "exec",
            KcidbOrigin = "exec_harness",
            KcidbSuite = "exec",
        },
        DoesWithout = ExecKernel.DoesWithout,
        KernelOptions = ExecKernel.Options,
        Examples = new ProbeExamples
        {
            Subject = "a program passes",
            Case = "exec.test_maps",
            Pattern = "exec.test_*",
            LayerPattern = "exec.test_maps.*",
            QuestionPattern = "exec.test_maps",
            Sources = "kernel",
        },
    };
}
