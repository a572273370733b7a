using System.Globalization;
using System.Text.RegularExpressions;
using Harness.Reports;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

/// <summary>
/// What kunit.py and prove read of results.ktap, by the patterns that they read lines with. make test-consumers asks
/// them themselves.
/// </summary>
public sealed partial class KtapReportTests
{
    private static readonly Dictionary<string, Func<RunDocument>> _runs =
        new(CapturedRuns.All) { ["everything"] = WholeRun.Document, ["hostile"] = () => HostileTextTests.Hostile() };

    /// <summary>What a guest may say that is a part of the format, or the end of it, to a parser.</summary>
    private static readonly string[] _phrases =
    [
        "Kernel panic - not syncing: VFS: Unable to mount root fs", "reboot: System halted", "System halted",
        "List of all partitions:", "kunit test case crashed!", "ok 1", "not ok 2 - x", "ok 3 x # SKIP", "# SKIP",
        "# XFAIL", @"\# TODO", "# Subtest: x", "Subtest: x", "1..7", "Bail out! x", "KTAP version 1",
        "TAP version 14", "---", "#", @"\",
    ];

    public static IEnumerable<TestCaseData> Documents =>
    [
        .. _runs.Select(run => new TestCaseData(run.Value).SetArgDisplayNames(run.Key)),
        .. _phrases.Select(phrase => new TestCaseData(() => Saying(phrase)).SetArgDisplayNames(phrase)),
    ];

    [TestCaseSource(nameof(Documents))]
    public void It_keeps_its_plans(Func<RunDocument> run)
    {
        var document = run();
        var lines = Lines(document).Where(l => !l.TrimStart().StartsWith('#')).ToList();
        Assert.That(lines[0], Is.EqualTo("KTAP version 1"));
        Assert.That(Plans(lines, ""), Is.EqualTo(new[] { document.Kernels.Count }));
        Assert.That(Plans(lines, "  "), Is.EqualTo(document.Kernels.Select(k => k.Cases.Count).Where(n => n > 0)));
    }

    [TestCaseSource(nameof(Documents))]
    public void The_kernels_parser_reads_it_to_its_end(Func<RunDocument> run) =>
        Assert.That(Lines(run()), Has.None.Match(KunitEnd()).And.None.Match(KunitCrash()));

    [TestCaseSource(nameof(Documents))]
    public void The_kernels_parser_sees_each_kernel_and_each_case(Func<RunDocument> run)
    {
        var document = run();
        var lines = Lines(document);
        Assert.That(lines.Where(l => KunitHeader().IsMatch(l)).Count(),
            Is.EqualTo(document.Kernels.Count(k => k.Cases.Count > 0)));
        Assert.That(lines.Where(l => KunitResult().IsMatch(l)).Count(),
            Is.EqualTo(document.Kernels.Count + document.Kernels.Sum(k => k.Cases.Count)));
    }

    /// <summary>As junit.xml: what is as expected is no failure, and nothing else is a success.</summary>
    [TestCase(CaseStatus.Pass, CaseStatus.Pass, "ok 1 raw.a")]
    [TestCase(CaseStatus.Fail, CaseStatus.Fail, "ok 1 raw.a # SKIP expected: rejected at update with EINVAL, wanted")]
    [TestCase(CaseStatus.Skip, CaseStatus.Skip, "ok 1 raw.a # SKIP not applicable at inner")]
    [TestCase(CaseStatus.Error, CaseStatus.Error, "ok 1 raw.a # SKIP expected: no verdict")]
    [TestCase(CaseStatus.Fail, CaseStatus.Pass, "not ok 1 raw.a # rejected at update with EINVAL, wanted accepted")]
    [TestCase(CaseStatus.Pass, CaseStatus.Fail, "not ok 1 raw.a # accepted, and fail is expected")]
    [TestCase(CaseStatus.Skip, CaseStatus.Pass, "not ok 1 raw.a # not applicable at inner")]
    [TestCase(CaseStatus.Error, CaseStatus.Pass, "not ok 1 raw.a # ERROR no verdict")]
    [TestCase(CaseStatus.Flaky, CaseStatus.Pass, "not ok 1 raw.a # ERROR flaky")]
    public void A_case_has_failed_where_it_is_not_as_expected(CaseStatus status, CaseStatus expected, string line)
    {
        var result = Samples.Case("raw.a", status) with { Expected = expected, AsExpected = status == expected };
        var document = Samples.Document([Samples.Kernel("6.1.1", result)]);
        Assert.That(Lines(document).Single(l => l.StartsWith("  ok", StringComparison.Ordinal)
            || l.StartsWith("  not ok", StringComparison.Ordinal)), Does.StartWith($"  {line}"));
    }

    [Test]
    public void Strictly_a_foreseen_failure_is_an_XFAIL()
    {
        var result = Samples.Case("raw.a", CaseStatus.Fail) with { Expected = CaseStatus.Fail, AsExpected = true };
        Assert.That(KtapReport.Strict.Write(Samples.Document([Samples.Kernel("6.1.1", result)])),
            Does.Contain("\n  not ok 1 raw.a # XFAIL rejected at update with EINVAL, wanted accepted\n"));
    }

    [Test]
    public void A_phrase_that_two_texts_make_together_is_broken_up_too()
    {
        var kernel = Samples.Untested("6.1.1", KernelStatus.BootFailed, "x") with
        {
            Id = "reboot",
            ConsoleExcerpt = "System halted",
        };
        Assert.That(Lines(Samples.Document([kernel])), Has.Member(@"# reboot\: System halted"));
    }

    [Test]
    public void What_is_broken_up_can_be_read() => Assert.That(
        Lines(Samples.Document([Samples.Untested("6.1.1", KernelStatus.BootFailed, _phrases[0])])),
        Has.Some.EndsWith(@"# ERROR boot failed: Kernel panic - not syncing: VFS\: Unable to mount root fs"));

    private static RunDocument Saying(string phrase)
    {
        var run = HostileTextTests.Hostile(phrase);
        return run with
        {
            // Also where the text is the whole of a line, and of an id.
            Kernels =
            [
                .. run.Kernels.Select(k => k with { ConsoleExcerpt = $"{phrase}\n{phrase}" }),
                Samples.Untested("6.1.1", KernelStatus.BootFailed, phrase) with
                {
                    Id = phrase,
                    ConsoleExcerpt = phrase,
                },
            ],
        };
    }

    private static string[] Lines(RunDocument document) =>
        KtapReport.Format.Write(document).TrimEnd('\n').Split('\n');

    /// <summary>The plans at one depth, each after it was seen to be kept.</summary>
    private static List<int> Plans(IEnumerable<string> lines, string indent)
    {
        var plans = new List<int>();
        var next = 0;
        foreach (
            var line in lines.Where(l =>
                l.StartsWith(indent, StringComparison.Ordinal) && !l[indent.Length..].StartsWith(' ')).Select(l =>
                    l[indent.Length..]))
        {
            if (line.StartsWith("1..", StringComparison.Ordinal))
            {
                Assert.That(next, Is.EqualTo(plans.LastOrDefault()), line);
                plans.Add(int.Parse(line[3..], CultureInfo.InvariantCulture));
                next = 0;
            }
            else if (line != "KTAP version 1")
            {
                next++;
                Assert.That(line, Does.Match($@"^(not )?ok {next} \S.*$"));
            }
        }
        Assert.That(next, Is.EqualTo(plans.LastOrDefault()));
        return plans;
    }

    [GeneratedRegex("List of all partitions:|Kernel panic - not syncing: VFS:|reboot: System halted")]
    private static partial Regex KunitEnd();

    [GeneratedRegex("^# .*?: kunit test case crashed!$")]
    private static partial Regex KunitCrash();

    [GeneratedRegex(@"^\s*# Subtest: (.*)$")]
    private static partial Regex KunitHeader();

    [GeneratedRegex(@"^\s*(ok|not ok) ([0-9]+) (- )?([^#]*)( # .*)?$")]
    private static partial Regex KunitResult();
}
