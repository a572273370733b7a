using System.Globalization;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Harness.Analysis;
using Harness.Reports;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Reports;

/// <summary>What Jenkins, GitLab and GitHub's actions read of junit.xml. make test-consumers has its schema.</summary>
public sealed class JUnitReportTests
{
    private static readonly Dictionary<string, Func<RunDocument>> _runs =
        new(CapturedRuns.All) { ["everything"] = WholeRun.Document, ["hostile"] = () => HostileTextTests.Hostile() };

    private static readonly ReportFormat[] _formats = [JUnitReport.Format, JUnitReport.Strict];

    public static IEnumerable<string> Runs => _runs.Keys;

    [TestCaseSource(nameof(Runs))]
    public void It_counts_what_it_holds(string run)
    {
        foreach (var root in _formats.Select(f => Read(f, _runs[run]())))
        {
            foreach (var element in root.Elements("testsuite").Prepend(root))
            {
                Assert.That(Number(element, "tests"), Is.EqualTo(element.Descendants("testcase").Count()));
                Assert.That(Number(element, "failures"), Is.EqualTo(element.Descendants("failure").Count()));
                Assert.That(Number(element, "errors"), Is.EqualTo(element.Descendants("error").Count()));
                Assert.That(element.Attribute("skipped")?.Value, Is.EqualTo(
                    element == root ? null : $"{element.Descendants("skipped").Count()}"));
            }
        }
    }

    [TestCaseSource(nameof(Runs))]
    public void Each_kernel_is_a_suite_with_all_of_its_cases(string run)
    {
        var document = _runs[run]();
        foreach (var (suite, kernel) in Read(JUnitReport.Format, document).Elements("testsuite").Zip(document.Kernels))
        {
            var itself = kernel.Status == KernelStatus.Tested && kernel.AsExpected ? 0 : 1;
            Assert.That(suite.Elements("testcase").Count(), Is.EqualTo(kernel.Cases.Count + itself), kernel.Id);
        }
    }

    [TestCaseSource(nameof(Runs))]
    public void In_the_strict_form_what_did_not_pass_has_failed_foreseen_or_not(string run)
    {
        var document = _runs[run]();
        var root = Read(JUnitReport.Strict, document);
        Assert.That(root.Descendants("failure").Count(),
            Is.EqualTo(document.Kernels.Sum(k => k.Cases.Count(c => c.Status == CaseStatus.Fail))));
        Assert.That(root.Elements("testsuite").Count(), Is.EqualTo(document.Kernels.Count));
        foreach (var (suite, kernel) in
            root.Elements("testsuite").Zip(document.Kernels).Where(x => x.Second.Status != KernelStatus.Tested))
        {
            Assert.That(suite.Elements("testcase").Last().Element("error")?.Attribute("message")?.Value,
                Does.StartWith(Words.Of(kernel.Status)));
        }
    }

    [Test]
    public void A_failure_that_was_foreseen_is_skipped_and_says_so()
    {
        var root = Read(JUnitReport.Format, WholeRun.Document());
        var foreseen = CaseOf(root, "debian-6.1.192-1-cloud-amd64", "raw.array_of_maps.array.struct.none");
        Assert.That(foreseen.Elements().Single().Name.LocalName, Is.EqualTo("skipped"));
        Assert.That(foreseen.Element("skipped")!.Attribute("message")!.Value,
            Is.EqualTo("expected: rejected at update with EINVAL, wanted accepted"));
        Assert.That(foreseen.Element("skipped")!.Value, Does.StartWith("Cause: bpf_map_meta_equal()"));
        var unforeseen = CaseOf(root, "debian-6.1.192-1-cloud-amd64", "raw.array_of_maps.array.none.none.max_entries");
        Assert.That(unforeseen.Element("failure")?.Attribute("message")?.Value,
            Is.EqualTo("accepted, wanted rejected"));
    }

    [Test]
    public void A_pass_where_a_failure_is_expected_is_a_failure()
    {
        var passed = Samples.Case("raw.a") with { Expected = CaseStatus.Fail, AsExpected = false };
        var root = Read(JUnitReport.Format, Samples.Document([Samples.Kernel("6.1.1", passed)]));
        Assert.That(root.Descendants("failure").Single().Attribute("message")!.Value,
            Is.EqualTo("accepted, and fail is expected"));
    }

    [Test]
    public void A_kernel_that_could_not_be_tested_is_an_error_and_skipped_where_that_was_foreseen()
    {
        KernelResult Failed(string version, bool asExpected) =>
            Samples.Untested(version, KernelStatus.BootFailed, "panic", asExpected);
        var root = Read(JUnitReport.Format, Samples.Document([Failed("6.1.1", true), Failed("6.1.2", false)]));
        Assert.That(root.Descendants("testcase").Select(c => c.Elements().First().Name.LocalName),
            Is.EqualTo(new[] { "skipped", "error" }));
        Assert.That(root.Descendants("skipped").Single().Attribute("message")!.Value,
            Is.EqualTo("expected: boot failed: panic"));
    }

    [TestCase("el9")]
    [TestCase(null)]
    public void A_suite_says_whose_kernel_it_is_where_that_is_known(string? line)
    {
        var kernel = Samples.Kernel("6.1.1", Samples.Case("raw.a")) with { Line = line };
        var properties = Read(JUnitReport.Format, Samples.Document([kernel])).Descendants("property");
        Assert.That(properties.FirstOrDefault(p => p.Attribute("name")!.Value == "line")?.Attribute("value")!.Value,
            Is.EqualTo(line));
    }

    /// <summary>Jenkins takes what stands before the last dot for the package, and shows the rest.</summary>
    [TestCaseSource(nameof(Runs))]
    public void A_class_is_a_package_and_the_whole_name_of_a_kernel(string run)
    {
        var document = _runs[run]();
        var suites = Read(JUnitReport.Format, document).Elements("testsuite").ToList();
        var classes = suites
            .Select(s => s.Elements("testcase").Select(c => c.Attribute("classname")!.Value).Distinct().ToList())
            .Where(c => c.Count > 0).ToList();
        Assert.That(classes, Has.All.Count.EqualTo(1));
        Assert.That(classes.Select(c => c[0]), Is.Unique.And.All.Match(@"^map-in-map\.[^.]+$"));
        Assert.That(suites.Zip(document.Kernels).Select(x => x.First.Attribute("name")!.Value.Length),
            Is.EqualTo(document.Kernels.Select(k => k.Id.Length)), "and the suite's name is as it was");
    }

    [Test]
    public void Kernels_whose_names_differ_by_a_dot_are_not_one_class()
    {
        KernelResult Named(string id) => Samples.Kernel("6.1.1", Samples.Case("raw.a")) with { Id = id };
        var root = Read(JUnitReport.Format, Samples.Document([Named("a.b"), Named("a_b"), Named("a_b_2")]));
        Assert.That(root.Descendants("testcase").Select(c => c.Attribute("classname")!.Value), Is.Unique);
    }

    [Test]
    public void Nothing_has_failed_exactly_if_the_exit_code_is_0() => Prop.ForAll(Documents.ToArbitrary(), document =>
    {
        var root = Read(JUnitReport.Format, document);
        var green = Number(root, "failures") + Number(root, "errors") == 0;
        return green == (document.Run.Complete && RunExitCode.Of(document) == ExitCodes.AsExpected);
    }).QuickCheckThrowOnFailure();

    /// <summary>Runs of up to three kernels, most of them as expected: any status, complaints and a baseline.</summary>
    private static Gen<RunDocument> Documents =>
        from kernels in Kernels.ListOf().Select(k => k.Take(3).ToList())
        from complete in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from changed in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        let run = Samples.Document([.. kernels.Select((k, i) => k with { Id = $"k.{i}" })])
        select run with
        {
            Run = run.Run with { Complete = complete },
            Baseline = changed
                ? RunDiff.Of(Samples.Document([]), run, Samples.PlaceOf, Samples.Probes)
                : RunDiff.Of(run, run, Samples.PlaceOf, Samples.Probes),
        };

    private static Gen<KernelResult> Kernels =>
        from status in Gen.Frequency(
            (3, Gen.Constant(KernelStatus.Tested)), (1, Gen.Elements(Enum.GetValues<KernelStatus>())))
        from asExpected in MostlyTrue
        from cases in Cases.ListOf()
        select Samples.Kernel("6.1.1", [.. cases.Select((c, i) => c with { Id = $"raw.{i}" })]) with
        {
            Status = status,
            AsExpected = asExpected,
        };

    private static Gen<CaseResult> Cases =>
        from status in Gen.Elements(Enum.GetValues<CaseStatus>())
        from expected in Gen.Elements(Enum.GetValues<CaseStatus>())
        from asExpected in MostlyTrue
        select Samples.Case("raw.a", status) with { Expected = expected, AsExpected = asExpected };

    private static Gen<bool> MostlyTrue => Gen.Frequency((20, Gen.Constant(true)), (1, Gen.Constant(false)));

    private static XElement Read(ReportFormat format, RunDocument document) =>
        XDocument.Parse(format.Write(document)).Root!;

    private static XElement CaseOf(XElement root, string kernel, string name) => root.Elements("testsuite")
        .Single(s => s.Attribute("name")!.Value == kernel).Elements("testcase")
        .Single(c => c.Attribute("name")!.Value == name);

    private static int Number(XElement element, string name) =>
        int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
