using Harness.Analysis;
using Harness.Probes.Libbpf;
using Harness.Probes.Object;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Reports;
using Harness.Tests.Support;

namespace Harness.Tests.Probes.Object;

/// <summary>What reports say of objects: a sentence a file, programs × series, processed instructions.</summary>
public sealed class ObjectStoryTests
{
    private const string Unknown = "unknown func bpf_send_signal#109";

    private static readonly CaseResult _refused = Samples.Case("object.x.load", CaseStatus.Fail) with
    {
        Step = "load",
        Evidence = Unknown,
    };

    private static readonly CaseResult _taken = Samples.Case("object.x.load");

    [Test]
    public void A_sentence_says_where_an_object_loads_and_why_not_elsewhere() =>
        Assert.That(Sentences(Kernel("5.10.218", _refused), Kernel("5.10.262", _refused), Kernel("6.1.170", _taken),
            Kernel("7.3.4", _taken)), Is.EqualTo(new[]
            {
                "x.bpf.o: loads on 6.1.170 to 7.3.4; not on 5.10.218 to 5.10.262: helper bpf_send_signal is not there "
                    + "for programs of this type.",
            }));

    [Test]
    public void A_span_leaves_out_no_kernel_that_was_measured() =>
        Assert.That(Sentences(Kernel("5.10.1", _taken), Kernel("6.1.1", _refused), Kernel("6.12.1", _taken)).Single(),
            Does.StartWith("x.bpf.o: loads on 5.10.1, 6.12.1; not on 6.1.1: "));

    [Test]
    public void An_object_that_loads_everywhere_or_nowhere_is_told_so()
    {
        Assert.That(Sentences(Kernel("5.10.1", _taken), Kernel("6.1.1", _taken)),
            Is.EqualTo(new[] { "x.bpf.o: loads on all 2 kernels, 5.10.1 to 6.1.1." }));
        Assert.That(Sentences(Kernel("5.10.1", _refused), Kernel("6.1.1", _refused)).Single(),
            Does.StartWith("x.bpf.o: loads on none of 2 kernels, 5.10.1 to 6.1.1: helper "));
    }

    [Test]
    public void Programs_that_load_by_themselves_are_counted() =>
        Assert.That(Sentences(Kernel("5.10.1", _refused, Samples.Case("object.x.prog.a"),
            Samples.Case("object.x.prog.b", CaseStatus.Fail))).Single(),
            Does.EndWith("of this type (1 of its 2 programs loads by itself)."));

    [Test]
    public void What_loads_and_does_not_attach_is_told_with_where_and_why()
    {
        var refused = Samples.Case("object.x.attach.hook", CaseStatus.Fail) with
        {
            Step = "attach",
            Errno = null,
            Evidence = "kernel: bpf is not among its security modules: capability,yama",
        };
        Assert.That(Sentences(Kernel("5.10.1", _taken, refused), Kernel("5.10.2", _taken, refused),
            Kernel("6.1.1", _taken, Samples.Case("object.x.attach.hook"))).Single(), Is.EqualTo(
            "x.bpf.o: loads on all 3 kernels, 5.10.1 to 6.1.1; hook does not attach on 5.10.1 to 5.10.2: bpf is not"
            + " among the kernel's security modules, so that nothing would call the program."));
    }

    [Test]
    public void What_its_author_means_is_said()
    {
        var foreseen = _refused with { Expected = CaseStatus.Fail, AsExpected = true };
        Assert.That(Sentences(">=6.1", Kernel("5.10.1", foreseen), Kernel("6.1.1", _taken)).Single(),
            Does.EndWith(". It is meant for >=6.1, so that is as expected."));
        Assert.That(Sentences(">=5.10", Kernel("5.10.1", _refused)).Single(),
            Does.EndWith(". But it is meant for >=5.10."));
    }

    [Test]
    public void No_rule_is_no_cause() =>
        Assert.That(Sentences(Kernel("6.1.1", _refused with { Evidence = "something new" })),
            Is.EqualTo(new[] { "x.bpf.o: not on 6.1.1: rejected at load with EINVAL." }));

    [Test]
    public void Programs_and_maps_stand_against_series()
    {
        var report = Report(
            Kernel("6.1.1", _refused, Samples.Case("object.x.map.m"), Samples.Case("object.x.prog.p", CaseStatus.Fail)),
            Kernel("6.1.2", _refused, Samples.Case("object.x.map.m"), Samples.Case("object.x.prog.p")),
            Kernel("6.12.1", _taken, Samples.Case("object.x.map.m"), Samples.Case("object.x.prog.p")));
        Assert.That(report, Does.Contain("""
            | object, part | 6.1 | 6.12 |
            |---|:-:|:-:|
            | x.bpf.o load | ✗ | ✓ |
            | x.bpf.o prog p | ✓1 ✗1 | ✓ |
            | x.bpf.o map m | ✓ | ✓ |
            """));
    }

    [Test]
    public void Sentences_of_other_probes_stand_before_the_table_and_the_legend_says_whose_columns_are_whose()
    {
        var document = Document(null, Kernel("6.1.1", _taken, Samples.Case("exec.maps")));
        document = document with
        {
            Run = document.Run with
            {
                Probes = [.. document.Run.Probes, new ProbeInfo("exec", "Programs", Samples.Sha256, 1)],
            },
        };
        var report = WrittenReport.Markdown(document);
        Assert.That(report.IndexOf("- **maps**: ", StringComparison.Ordinal),
            Is.GreaterThan(0).And.LessThan(report.IndexOf("Each object as a whole", StringComparison.Ordinal)));
        Assert.That(new RunStory(document, Samples.Probes).Summary.Legend,
            Does.EndWith("; columns: objects and their programs (object), programs (exec)"));
    }

    [Test]
    public void Processed_instructions_stand_by_series_with_their_growth()
    {
        CaseResult Counted(string program, long count) => Samples.Case($"object.x.prog.{program}") with
        {
            Numbers = new([new("verified_insns", count)]),
        };
        var report = Report(Kernel("6.1.1", Counted("p", 100), Counted("q", 7)), Kernel("6.1.2", Counted("p", 102)),
            Kernel("6.12.1", Counted("p", 150), Counted("q", 7)));
        Assert.That(report, Does.Contain("""
            | program | 6.1 | 6.12 | from the first to the last |
            |---|---|---|---|
            | `object.x.prog.p` | 100 – 102 | 150 | +50 % |
            | `object.x.prog.q` | 7 | 7 | the same |
            """));
    }

    [Test]
    public void What_a_further_libbpf_changes_is_said()
    {
        var report = Report(Kernel("6.1.1", _refused, _taken with { Id = "object.x.load.libbpf-1-5" }));
        Assert.That(report, Does.Contain("| x.bpf.o load (libbpf 1.5) | ✓ |"));
        Assert.That(report, Does.Contain("## Does a newer libbpf load what an older one does not?").And
            .Contain("libbpf 1.1 → 1.5: 1 of 1 answers on 1 kernel changes").And
            .Contain("rejected at load with EINVAL → accepted on 6.1.1: `object.x.load`"));
    }

    [Test]
    public void The_terminal_says_the_same_sentences() =>
        Assert.That(new RunStory(Document(null, Kernel("6.1.1", _taken)), Samples.Probes).Summary.Answers,
            Is.EqualTo(new[] { "x.bpf.o: loads on 6.1.1." }));

    [TestCaseSource(typeof(HostileTextTests), nameof(HostileTextTests.Formats))]
    public void No_format_passes_on_what_a_name_or_a_log_holds(string format)
    {
        const string Hostile = WholeRun.Hostile;
        var refused = _refused with { Evidence = $"{Hostile}\nunknown func bpf_x#1\n{Hostile}" };
        var text = ReportSet.All.Single(f => f.Name == format).Write(Document(Hostile, Kernel("6.1.1", refused)));
        Assert.That(text.Where(c => char.IsControl(c) && c != '\n'), Is.Empty);
        Assert.That(text, format == "html" ? Does.Not.Contain("<script>alert") : Is.Not.Empty);
    }

    [Test]
    public void A_fact_that_is_not_of_the_form_is_refused()
    {
        var run = Samples.Run() with
        {
            Facts = new Dictionary<string, System.Text.Json.JsonElement>
            {
                ["objects"] = System.Text.Json.JsonDocument.Parse("{\"files\": [null], \"libbpf\": []}").RootElement,
            },
        };
        Assert.That(() => ObjectFacts.Of(run),
            Throws.TypeOf<ResultsException>().With.Message.Contains("$.run.objects"));
    }

    private static KernelResult Kernel(string version, params CaseResult[] cases) => Samples.Kernel(version, cases);

    private static IReadOnlyList<string> Sentences(params KernelResult[] kernels) => Sentences(null, kernels);

    private static IReadOnlyList<string> Sentences(string? supports, params KernelResult[] kernels) =>
        [.. ObjectAnswer.Of(Document(supports, kernels)).Select(a => a.InWords)];

    private static string Report(params KernelResult[] kernels) => WrittenReport.Markdown(Document(null, kernels));

    private static RunDocument Document(string? supports, params KernelResult[] kernels)
    {
        var facts = new ObjectFacts(
            [new ObjectFile("object.x", supports == WholeRun.Hostile ? supports : "x.bpf.o", Samples.Sha256, supports)],
            [
                new LibbpfInfo("machine", "1.1", null, Samples.Sha256, 1),
                .. kernels.SelectMany(k => k.Cases).Any(c => c.Id.EndsWith("libbpf-1-5", StringComparison.Ordinal))
                    ? [new LibbpfInfo("1.5", "1.5", "libbpf-1-5", Samples.Sha256, 1)]
                    : Array.Empty<LibbpfInfo>(),
            ]);
        return Samples.Analyse(Samples.Run() with
        {
            Facts = facts.Write(),
            Probes = [new ProbeInfo("object", "Where BPF objects load", Samples.Sha256, 1)],
        }, kernels);
    }
}
