using System.Text.RegularExpressions;
using Harness.Analysis;
using Harness.Probes.InnerMaps;
using Harness.Probes.Libbpf;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

/// <summary>
/// A guest's words, and those of a results file from elsewhere, show as themselves: no markup, no broken table.
/// </summary>
public sealed partial class HostileTextTests
{
    private static readonly string _report = WrittenReport.Markdown(Hostile());

    private static readonly string _outsideOfBlocks = CodeBlock().Replace(_report, "");

    /// <summary>The report without code, in which Markdown leaves everything as it is.</summary>
    private static readonly string _outsideOfCode = CodeSpan().Replace(_outsideOfBlocks, "");

    [Test]
    public void No_control_character_is_passed_on() =>
        Assert.That(_report.Where(c => char.IsControl(c) && c != '\n'), Is.Empty);

    [Test]
    public void No_tags_but_our_own() =>
        Assert.That(Tag().Matches(_outsideOfCode).Select(m => m.Value).Distinct(),
            Is.SubsetOf(new[] { "<details>", "</details>", "<summary>", "</summary>" }));

    [Test]
    public void No_links_but_to_files_of_the_run() =>
        Assert.That(Link().Matches(_outsideOfCode).Select(m => m.Groups[1].Value),
            Has.All.Match(@"^console/[\w.%~-]+$").And.Not.Empty);

    [Test]
    public void No_code_span_is_left_open() =>
        Assert.That(_outsideOfBlocks.Split('\n')
            .Where(line => line.Replace(@"\`", "", StringComparison.Ordinal).Count(c => c == '`') % 2 != 0), Is.Empty);

    [Test]
    public void Every_row_of_a_table_has_its_heads_columns()
    {
        var tables = _report.Split("\n\n").Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(lines => lines.Length > 0 && lines[0].StartsWith('|')).ToList();
        Assert.That(tables, Has.Count.GreaterThan(2));
        foreach (var table in tables)
        {
            Assert.That(table.Select(Bars), Is.All.EqualTo(Bars(table[0])), string.Join('\n', table));
        }
    }

    [Test]
    public void What_was_said_can_still_be_read() =>
        Assert.That(_report,
            Does.Contain(@"&lt;script>alert(1)&lt;/script> \| \`code\` \| \*\*bold\*\* \[link\](javascript:x)"));

    public static IEnumerable<string> Formats => ReportSet.All.Select(f => f.Name);

    [TestCaseSource(nameof(Formats))]
    public void No_format_passes_a_control_character_on(string format)
    {
        var text = ReportSet.All.Single(f => f.Name == format).Write(Hostile());
        Assert.That(text.Where(c => char.IsControl(c) && c != '\n'), Is.Empty);
        Assert.That(text, Does.Not.Match("[\u202a-\u202e\u2066-\u2069\ufffe\uffff]"));
    }

    [TestCase("md", "&lt;script>alert(1)")]
    [TestCase("html", "&lt;script&gt;alert(1)")]
    [TestCase("junit", "&lt;script&gt;alert(1)")]
    [TestCase("kcidb", "<script>alert(1)")]
    [TestCase("ktap", "<script>alert(1)")]
    public void What_was_said_can_be_read_in_each_format(string format, string said) =>
        Assert.That(ReportSet.All.Single(f => f.Name == format).Write(Hostile()), Does.Contain(said));

    [Test]
    public void The_page_has_no_scripts_but_its_own_two()
    {
        var page = WrittenReport.Html(Hostile());
        Assert.That(Script().Matches(page).Select(m => m.Value),
            Is.EqualTo(
                new[] { "<script type=\"application/json\" id=\"data\">", "</script>", "<script>", "</script>" }));
        Assert.That(page, Does.Not.Match(@"(?i)\b(href|src)=.?\s*(javascript|https?):"));
    }

    [Test]
    public void Each_code_block_holds_one_evidence_and_nothing_in_it_ends_it()
    {
        var blocks = CodeBlock().Matches(_report).Select(m => m.Value).ToList();
        Assert.That(blocks, Is.Not.Empty.And.All.Contain("</details></pre>"));
        Assert.That(blocks.Select(b => b.Split("```").Length - 1), Is.All.EqualTo(2));
        Assert.That(_outsideOfBlocks, Does.Not.Contain("```"));
    }

    private static int Bars(string line) => line.Replace(@"\|", "", StringComparison.Ordinal).Count(c => c == '|');

    /// <summary>The whole run with a text in every place that a text can stand in.</summary>
    internal static RunDocument Hostile(string text = WholeRun.Hostile)
    {
        var run = WholeRun.Document();
        var kernels = run.Kernels.Select(k => k with
        {
            Id = k.Id + text,
            Release = k.Release + text,
            Arch = text,
            Source = text,
            Sha256 = text,
            Reason = k.Reason + text,
            Note = text,
            ConsoleExcerpt = $"{text}\n</script><img src=x onerror=alert(1)>\u202e\uffff\u0000\u009b31m{text}",
            Console = k.Console is null ? null : $"console/{text.Replace('/', ' ')}.log",
            Version = k.Id == "mine" ? text : k.Version,
            CaseStarts = null,
            CaseSeconds = null,
            Cases =
            [
                .. k.Cases.Select(c =>
                    c with { Step = c.Step is null ? null : text, Errno = c.Errno is null ? null : text, Reason = text,
                        Cause = text, Workaround = text, Source = text,
                        Evidence = $"{text}\n```\n    {text}\n</details></pre>\u202e\u0000\u009b31m" }),
                Samples.Case(text, CaseStatus.Fail) with { Step = text },
                Samples.Case($"raw.{text.Replace('.', ' ')}.b.c.d", CaseStatus.Error) with { Reason = text },
                Samples.Case("raw.flaky",
                    CaseStatus.Flaky) with { Attempts =
                        [new CaseAttempt(1, CaseStatus.Fail, Outcome.Reject, text, text, text),
                            new CaseAttempt(2, CaseStatus.Skip, null, text, text, text)] },
                Samples.Case($"raw.a.b.{text.Replace('.', ' ')}.none"),
            ],
        }).ToList();
        var info = run.Run with
        {
            Id = text,
            Accel = text,
            AccelNote = text,
            Harness = text,
            Prober = new ProberInfo(text, 1),
            Host = new HostInfo(text, text, text, 1, text, text),
            CaseGlobs = [text],
            KernelParameters = text,
            Notes = [text],
            Facts = RunFacts.Of(
                [new ToolchainInfo(text, text,
                    [new ObjectInfo(text, false, text), new ObjectInfo($"a.{text}.named_only", false, text),
                        new ObjectInfo("b", true, null)])],
                [new LibbpfInfo(text, text, null, text, 1), new LibbpfInfo(text, text, text, text, 1)]),
        };
        var document =
            new RunDocument(1, info, kernels, Ranges.Compute(kernels)) { Transitions = Transitions.Of(kernels) };
        return document with
        {
            Baseline = RunDiff.Of(run with { Run = run.Run with { Id = text, Matrix = text } }, document,
            Samples.PlaceOf, Samples.Probes) with
            { Cases = Changes(kernels[0], text) }
        };
    }

    private static IReadOnlyList<CaseChange> Changes(KernelResult kernel, string text)
    {
        var end = new CaseEnd(Outcome.Accept, CaseStatus.Fail, Outcome.Reject, text, text);
        return
        [
            .. Enum.GetValues<CaseChangeKind>().Select(kind => new CaseChange(kind, text, [kernel.Id, text], end, end)),
        ];
    }

    [GeneratedRegex(@"^ *```text\n.*?^ *```\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"(?<!\\)`[^`]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"</?script[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex(@"</?[a-zA-Z!][^>]*>?")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<!\\)\[[^\]]*(?<!\\)\]\(([^)]*)\)")]
    private static partial Regex Link();
}
