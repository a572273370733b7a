using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>What the report of a real run tells of causes, changes and what to write.</summary>
public sealed class CauseReportTests
{
    private static readonly RunDocument _document = Samples.Analyse(Samples.Run(), CauseCapturedRun.Default);
    private static readonly string[] _lines = WrittenReport.Markdown(_document).Split('\n');

    [Test]
    public void The_first_screen_says_what_works_everywhere()
    {
        var screen = _lines.Take(30).ToList();
        Assert.That(screen,
            Does.Contain(
                "| `__type(value, __u8[sizeof(struct foo)])` | `bpf_map_create()` without BTF | ✓ all 22 kernels |"));
        Assert.That(screen, Does.Contain("| `__type(value, struct foo)` | `bpf_map_create()` without BTF "
            + "| ✗ accepted 5.10.218 – 5.10.262 · rejected 6.1.170 – 6.1.192 · accepted 6.12.43 – 7.3.4 |"));
        Assert.That(screen, Has.Some.Contains("by clang-14").And.Some.Contains("opens nowhere"));
    }

    [Test]
    public void Without_layer_libbpf_the_maps_themselves_are_spoken_of()
    {
        var raw =
            CauseCapturedRun.Default.Select(k =>
                k with { Cases = [.. k.Cases.Where(c => c.Id.StartsWith("raw.", StringComparison.Ordinal))] });
        var declarations = Declarations.Of(Samples.Analyse(Samples.Run(), raw));
        Assert.That(declarations.Select(d => (d.Declared, d.Made, d.WorksOn)), Is.EqualTo(new[]
        {
            ("`__u8[N]` in BTF", "without BTF", 22), ("no BTF", "without BTF", 22),
            ("a struct in BTF", "with the same struct in BTF", 22),
            ("a struct in BTF", "without BTF", 0), ("no BTF", "with a struct in BTF", 0),
        }));
    }

    [Test]
    public void Libbpf_versions_that_differ_are_named()
    {
        const string Question = "libbpf.array_of_maps.array.struct.none.replaced_template";
        var declaration = Declarations.Of(Samples.Document(
            Samples.Kernel("6.1.1", Samples.Case(Question), Samples.Case(Question + ".libbpf-0-3", CaseStatus.Fail),
                Samples.Case(Question + ".libbpf-1-5")),
            Samples.Kernel("6.12.1", Samples.Case(Question), Samples.Case(Question + ".libbpf-0-3"),
                Samples.Case(Question + ".libbpf-1-5")))).Single();
        Assert.That(declaration.WorksOn, Is.Zero);
        Assert.That(declaration.Answers.Select(a => (a.Which, a.InWords)),
            Is.EqualTo(
                new[] { ("libbpf-0-3", "rejected 6.1.1 · accepted 6.12.1"),
                    ("otherwise", "accepted 6.1.1 – 6.12.1") }));
    }

    [Test]
    public void Changes_stand_under_both_kernels()
    {
        Assert.That(_lines.Where(l => l.StartsWith("### ", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "### 5.10.262 → 6.1.170", "### 6.1.192 → 6.12.43", "### 6.12.118 → 6.16.3", "### 6.17.13 → 6.18.5",
            "### 6.18.15 → 6.19.6", "### 6.19.14 → 7.0.4", "### 7.0.13 → 7.1.3", "### 7.1.3 → 7.1.13",
            "### 7.1.13 → 7.2.6", "### 7.2.6 → 7.2.13",
        }));
        Assert.That(_lines,
            Does.Contain("`debian-7.0.13-1-cloud-amd64` → `debian-7.1.3-1-cloud-amd64`, x86_64, 17 cases"));
    }

    [Test]
    public void Failures_carry_cause_workaround_and_source()
    {
        var failures = _lines.SkipWhile(l => l != "## Failures")
            .TakeWhile(l => !l.StartsWith("## All", StringComparison.Ordinal)).ToList();
        Assert.That(failures,
            Has.Some.StartWith("- **accepted, wanted rejected** on 5.10.218 to 7.0.13 (16 kernels) (4 cases)"));
        Assert.That(failures,
            Has.Some.StartWith("  - 6.12.43 to 7.0.13 (12 kernels): A PERCPU").And.Some.StartWith(
                "  - 5.10.218 to 6.1.192 (4 kernels): A PERCPU"));
        Assert.That(failures.Where(l => l.StartsWith("  - ", StringComparison.Ordinal)),
            Is.All.Contain("*Workaround:* Works on "));
        Assert.That(failures.Count(l => l.StartsWith("  *Source:* ", StringComparison.Ordinal)),
            Is.EqualTo(failures.Count(l => l.StartsWith("- **", StringComparison.Ordinal))));
    }

    [Test]
    public void What_nobody_can_explain_comes_first_and_says_so()
    {
        var document = Samples.Document(Samples.Kernel("6.1.1",
            Samples.Case("raw.array_of_maps.array.struct.none", CaseStatus.Fail) with { Cause = "known" },
            Samples.Case("raw.array_of_maps.hash.struct.none", CaseStatus.Fail)));
        var causes = WrittenReport.Markdown(document).Split('\n').SkipWhile(l => l != "## Failures")
            .Where(l => l.StartsWith("  - ", StringComparison.Ordinal));
        Assert.That(causes.Take(2), Is.EqualTo(new[] { "  - No rule and no expectation knows why.", "  - known" }));
    }
}
