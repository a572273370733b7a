using Harness.Probes;
using Harness.Results;

namespace Harness.Toys;

/// <summary>A probe that asks for system calls. Its case ids have two parts: <c>toy.cachestat</c>.</summary>
internal static class ToyProbe
{
    public const string Cause = "The kernel does not have this system call.";

    /// <param name="program">The path of its executable.</param>
    public static Probe With(string program) => new()
    {
        Name = "toy",
        Title = "Which kernels have these system calls",
        Layers = ["toy"],
        Ids = new CaseIdForm { Parts = ["layer", "call"], FoldOrder = ["call", "layer"], Separator = " " },
        Steps = ["call"],
        Program = new BuiltProgram("toy", _ => program),
        Words = new ProbeWords
        {
            Columns = "system calls",
            Question = "system call",
            QuestionMeaning = "whether the kernel has it",
            Numbers = "",
            OtherQuestions = "other calls",
            Variants = "variants",
            JUnit = "toy",
            KcidbOrigin = "toy_harness",
            KcidbSuite = "toy",
            Badge = new BadgeWords("cachestat", new Glob("toy.cachestat")),
        },
        FirstQuestions = [new FirstQuestion("The system call futex_waitv", new Glob("toy.futex_waitv"), "call")],
        Columns = ["futex_waitv", "cachestat"],
        Causes = new(() =>
        [
            new CauseRule(
                "missing", [new Glob("toy.*")], null, CaseStatus.Fail, Outcome.Reject, ["call"], "ENOSYS", null, [],
                Cause, "syscalls(2)", []),
        ]),
    };
}
