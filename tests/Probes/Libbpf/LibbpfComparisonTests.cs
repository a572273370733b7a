using Harness.Analysis;
using Harness.Probes.InnerMaps;
using Harness.Probes.Libbpf;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Libbpf;

/// <summary>Does a newer libbpf change an answer? Said of what was run, and of nothing else.</summary>
public sealed class LibbpfComparisonTests
{
    private const string Case = "libbpf.array_of_maps.array.struct.none";
    private const string Replaced = Case + ".replaced_template";

    private static readonly LibbpfInfo _machine = new("machine", "1.1", null, Samples.Sha256, 2);
    private static readonly LibbpfInfo _old = new("0.3", "0.3", "libbpf-0-3", Samples.Sha256, 2);
    private static readonly LibbpfInfo _new = new("1.10", "1.10", "libbpf-1-10", Samples.Sha256, 2);
    private static readonly LibbpfInfo _middle = new("1.9", "1.9", "libbpf-1-9", Samples.Sha256, 2);

    [Test]
    public void Versions_are_held_against_their_neighbours_in_the_order_of_versions()
    {
        var steps = Compare(Document([_machine, _new, _old, _middle], Samples.Kernel("6.1.5")));
        Assert.That(steps.Select(s => (s.Older.Version, s.Newer.Version)),
            Is.EqualTo(new[] { ("0.3", "1.1"), ("1.1", "1.9"), ("1.9", "1.10") }));
    }

    [Test]
    public void Only_what_both_answered_is_compared()
    {
        var step = Compare(Document([_machine, _new],
            Samples.Kernel("6.1.5", Samples.Case(Case), Samples.Case(Replaced), Samples.Case(Case + ".libbpf-1-10"),
                Samples.Case("raw.array_of_maps.array.struct.none")),
            Samples.Kernel("6.2", Samples.Case(Case)))).Single();
        Assert.That((step.Compared, step.Kernels, step.Changes.Count), Is.EqualTo((1, 1, 0)));
        Assert.That(step.InWords, Is.EqualTo("libbpf 1.1 → 1.10: none of 1 answers on 1 kernel change"));
    }

    [Test]
    public void Another_step_or_errno_is_another_answer()
    {
        var refused = Samples.Case(Case, CaseStatus.Fail);
        var step = Compare(Document([_machine, _new],
            Samples.Kernel("6.1.5", refused, refused with { Id = Case + ".libbpf-1-10", Step = "object_load" })))
                .Single();
        Assert.That(step.Changes.Single() is { Case: Case, Older.Step: "update", Newer.Step: "object_load" });
    }

    [Test]
    public void The_report_says_what_changes_and_where()
    {
        var report =
            WrittenReport.Markdown(
                Document([_machine, _old, _new], Both("5.10.5", CaseStatus.Pass), Both("6.1.5", CaseStatus.Fail),
                    Both("6.2", CaseStatus.Pass)));
        const string Changed = "libbpf.array_of_maps.array.struct.none.replaced_template";
        Assert.That(report, Does.Contain($"""
            - **Does a newer libbpf change an answer?** None newer than 1.1, the machine's, does:
              - libbpf 0.3 → 1.1: 1 of 3 answers on 3 kernels changes:
                - rejected at update with EINVAL → accepted on 6.1.5: `{Changed}`
              - libbpf 1.1 → 1.10: none of 3 answers on 3 kernels change.
            """));
    }

    [Test]
    public void The_report_says_no_only_of_what_was_asked()
    {
        Assert.That(WrittenReport.Markdown(Document([_machine], Samples.Kernel("6.1.5", Samples.Case(Case)))),
            Does.Contain("change an answer?** Not asked: only libbpf 1.1 was run"));
        Assert.That(WrittenReport.Markdown(Document([_machine, _new], Samples.Kernel("6.1.5", Samples.Case(Case)))),
            Does.Contain("change an answer?** Not asked: no case"));
        Assert.That(WrittenReport.Markdown(Document([_machine, _old], Both("6.2", CaseStatus.Pass))),
            Does.Contain("change an answer?** No:"));
        Assert.That(
            WrittenReport.Markdown(
                Document([_machine, _new],
                    Samples.Kernel("6.1.5", Samples.Case(Case, CaseStatus.Fail), Samples.Case(Case + ".libbpf-1-10")))),
            Does.Contain("change an answer?** Yes:"));
        Assert.That(WrittenReport.Markdown(Samples.Document(Samples.Kernel("6.1.5", Samples.Case(Case)))),
            Does.Not.Contain("change an answer?"), "a run that is older than the question");
    }

    [Test]
    public void The_report_says_what_compilers_leave_out()
    {
        var named = Samples.Case(Case + ".named_only.clang-14", CaseStatus.Skip) with { Step = "object_open" };
        var toolchains = new ToolchainInfo[]
        {
            new("clang-14", "14.0.6",
                [new("a.named_only", false, "struct foo is a FWD"), new("a.odd", false, "union u is a FWD"),
                    new("a.struct", true, null)]),
            new("clang-22", null, [new("a.named_only", true, null)]),
        };
        var document =
            Document([_machine], Samples.Kernel("6.1.5", named, named with { Id = named.Id + ".libbpf-1-10" }));
        document = document with { Run = document.Run with { Facts = RunFacts.Of(toolchains, []) } };
        const string Dropped =
            "struct foo is a FWD in 1 object of 3, where the struct is only named in `__array(values, …)`. "
            + "Such an object opens nowhere: libbpf refused it on each kernel measured (1), "
            + "before the kernel was asked.";
        Assert.That(WrittenReport.Markdown(document), Does.Contain($"""
            - **clang-14** (14.0.6): {Dropped}
            - **clang-14** (14.0.6): union u is a FWD in 1 object of 3: `a.odd`.
            - **clang-22**: its object is complete.
            """));
    }

    [Test]
    public void A_question_that_only_repeats_another_is_known()
    {
        var grid =
            new QuestionGrid(
                Document([_machine, _old, _new], Both("6.1.5", CaseStatus.Fail), Both("6.2", CaseStatus.Pass)),
                Samples.Probes);
        Assert.That(grid.Questions.Where(grid.IsRepetition).Select(q => q.Text),
            Is.EqualTo(new[] { "struct.none.replaced_template.libbpf-1-10" }));
    }

    private static KernelResult Both(string version, CaseStatus withOld) => Samples.Kernel(version,
        Samples.Case(Replaced), Samples.Case(Replaced + ".libbpf-0-3", withOld),
        Samples.Case(Replaced + ".libbpf-1-10"));

    private static IReadOnlyList<LibbpfStep> Compare(RunDocument document) =>
        LibbpfComparison.Of(document, RunFacts.Libbpfs(document.Run), "libbpf", InnerMapsProbe.Parse);

    private static RunDocument Document(IReadOnlyList<LibbpfInfo> libbpf, params KernelResult[] kernels)
    {
        var document = Samples.Document(kernels);
        return document with { Run = document.Run with { Facts = RunFacts.Of([], libbpf) } };
    }
}
