using Harness.Cli;
using Harness.Probes;
using Harness.Results;
using NUnit.Framework;

namespace Harness.Toys;

/// <summary>
/// The proof of the seams: a probe, a kernel source and a report are added to the harness without a change to it, and
/// everything that it does with its own parts it does with them, on real kernels.
/// </summary>
[Category("VM")]
public sealed class SeamTests
{
    private const string Futex = "toy.futex_waitv";
    private const string Cachestat = "toy.cachestat";

    private ToyBench _bench = null!;
    private RunDocument _run = null!;

    /// <summary>One run of the toy probe over the newest kernels of three series, which all tests look at.</summary>
    [OneTimeSetUp]
    public async Task Run()
    {
        _bench = await ToyBench.MakeAsync("5.10", "6.1", "6.12");
        var (code, output) = await _bench.HarnessAsync(
            "run", "--kernels", _bench.Matrix, "--out", _bench["run"], "--accel", "tcg");
        Assert.That(code, Is.EqualTo(ExitCodes.AsExpected), output);
        _run = ResultsFile.Read(_bench["run"]);
    }

    [OneTimeTearDown]
    public void Remove() => _bench?.Dispose();

    [Test]
    public void The_toy_probe_is_asked_and_its_verdicts_are_the_kernels()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_run.Run.Probes.Select(p => (p.Name, p.Title, p.Cases)),
                Is.EqualTo(new[] { ("toy", "Which kernels have these system calls", 3) }));
            Assert.That(_run.Kernels.Select(k => (k.Id, k.Status)),
                Is.EqualTo(_bench.Versions.Select(v => ($"toy-{v}", KernelStatus.Tested))));
            Assert.That(Outcomes(Futex), Is.EqualTo(new[] { Outcome.Reject, Outcome.Accept, Outcome.Accept }));
            Assert.That(Outcomes(Cachestat), Is.EqualTo(new[] { Outcome.Reject, Outcome.Reject, Outcome.Accept }));
            Assert.That(Outcomes("toy.no_such_call"), Is.All.EqualTo(Outcome.Reject));
            Assert.That(_run.Kernels.SelectMany(k => k.Cases).Where(c => c.Status == CaseStatus.Fail),
                Is.Not.Empty.And.All.Matches<CaseResult>(
                    c => c is { Step: "call", Errno: "ENOSYS", Cause: ToyProbe.Cause }));
            Assert.That(_run.Run.Notes, Does.Contain("a note of the toy source"));
        });
    }

    [Test]
    public void Ranges_and_transitions_name_the_kernels_between_which_a_call_came()
    {
        var (oldest, middle, newest) = (_bench.Versions[0], _bench.Versions[1], _bench.Versions[2]);
        Assert.Multiple(() =>
        {
            Assert.That(_run.Ranges.Single(r => r.Case == Futex).Segments, Is.EqualTo(new[]
            {
                new Segment(CaseStatus.Fail, oldest, oldest, 1), new Segment(CaseStatus.Pass, middle, newest, 2),
            }));
            Assert.That(_run.Transitions.Select(t => (t.Case, t.From.Version, t.To.Version)), Is.EqualTo(new[]
            {
                (Futex, (string?)oldest, (string?)middle), (Cachestat, middle, newest),
            }));
        });
    }

    [TestCase("report.md", "# Which kernels have these system calls")]
    [TestCase("report.md", "The system call futex_waitv: rejected {0} · accepted {1} – {2}")]
    [TestCase("report.md", ToyProbe.Cause)]
    [TestCase("report.html", "<title>Which kernels have these system calls</title>")]
    [TestCase("report.html", "The system call futex_waitv")]
    [TestCase("junit.xml", "name=\"toy.futex_waitv\"")]
    [TestCase("kcidb.json", "\"path\":\"toy.toy.futex_waitv\"")]
    [TestCase("results.ktap", "# SKIP expected: rejected at call with ENOSYS, wanted accepted")]
    [TestCase("badge.svg", "cachestat")]
    [TestCase("toy.txt", "toy-{1}: toy.futex_waitv\n")]
    public void Every_report_tells_it(string file, string text)
    {
        var expected = string.Format(null, text, [.. _bench.Versions]);
        Assert.That(File.ReadAllText(_bench["run", file]), Does.Contain(expected));
    }

    [Test]
    public async Task A_report_of_the_toy_format_can_be_made_again()
    {
        File.Delete(_bench["run", "toy.txt"]);
        var (code, output) = await _bench.HarnessAsync("report", _bench["run"], "--format", "toy");
        Assert.That((code, File.Exists(_bench["run", "toy.txt"])), Is.EqualTo((ExitCodes.AsExpected, true)), output);
    }

    [Test]
    public async Task Two_runs_are_compared()
    {
        Directory.CreateDirectory(_bench["second"]);
        ResultsFile.Write(_bench["second", ResultsFile.Name], _run with { Kernels = [_run.Kernels[1]] });
        var (same, nothing) = await _bench.HarnessAsync("diff", _bench["run"], _bench["run"]);
        var (other, changes) = await _bench.HarnessAsync("diff", _bench["run"], _bench["second"]);
        Assert.Multiple(() =>
        {
            Assert.That((same, other), Is.EqualTo((ExitCodes.AsExpected, ExitCodes.Unexpected)));
            Assert.That(nothing, Does.Contain("Nothing changed."));
            Assert.That(changes, Does.Contain("Kernels that went").And.Contain($"toy-{_bench.Versions[0]}"));
        });
    }

    [Test]
    public async Task A_bisection_finds_the_neighbours_between_which_a_call_came()
    {
        var (code, output) = await _bench.HarnessAsync("bisect", "--kernels", _bench.Matrix, "--case", Cachestat,
            "--good", _bench.Versions[2], "--bad", _bench.Versions[0], "--out", _bench["bisection"], "--accel", "tcg");
        Assert.That(code, Is.EqualTo(ExitCodes.AsExpected), output);
        Assert.That(output, Does.Contain($"toy-{_bench.Versions[1]}").And.Contain($"toy-{_bench.Versions[2]}"));
    }

    [Test]
    public async Task The_toy_source_pins_its_kernels_and_finds_them_again()
    {
        var (locked, said) = await _bench.HarnessAsync("lock", "--kernels", _bench.Matrix);
        Assert.That(locked, Is.EqualTo(ExitCodes.AsExpected), said);
        var (code, listed) = await _bench.HarnessAsync("list", "--kernels", _bench.Matrix, "--locked");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.AsExpected), listed);
            Assert.That(File.ReadAllText(_bench["toys.lock.yaml"]), Does.Contain("toy_file: "));
            Assert.That(_bench.Versions,
                Is.All.Matches<string>(v => listed.Contains($"toy-{v}", StringComparison.Ordinal)));
        });
    }

    [Test]
    public async Task A_mistake_in_an_entry_of_the_toy_source_is_told_with_its_place()
    {
        File.WriteAllText(_bench["wrong.yaml"], "kernels:\n  - toy: {file: vmlinuz}\n");
        var (code, output) = await _bench.HarnessAsync("list", "--kernels", _bench["wrong.yaml"]);
        Assert.That((code, output), Is.EqualTo((ExitCodes.Usage,
            $"harness: {_bench["wrong.yaml"]}:2:10: a toy has a file and a version\n")));
    }

    [Test]
    public async Task The_cases_of_the_toy_probe_are_listed()
    {
        var (code, output) = await _bench.HarnessAsync("probes", "--kernels", _bench.Matrix, "--case", Futex);
        Assert.That((code, output), Is.EqualTo((ExitCodes.AsExpected,
            "toy: Which kernels have these system calls, 1 case\n"
            + $"{Futex}\taccept\tsince Linux 5.16 (futex_waitv(2))\n")));
    }

    [Test]
    public async Task A_toy_probe_and_the_harnesss_own_are_asked_in_one_run()
    {
        var own = Catalog.Default.Probes.All[0];
        var both = _bench.Catalog with { Probes = new ProbeList([own, .. _bench.Catalog.Probes.All]) };
        var (_, output) = await ToyBench.HarnessAsync(
            both, "run", "--kernels", _bench.Matrix, "--only", $"toy-{_bench.Versions[1]}", "--case", Futex,
            "--case", own.Examples.Case, "--out", _bench["both"], "--accel", "tcg");
        var run = ResultsFile.Read(_bench["both"]);
        Assert.Multiple(() =>
        {
            Assert.That(run.Run.Probes.Select(p => (p.Name, p.Cases)),
                Is.EqualTo(new[] { (own.Name, 1), ("toy", 1) }), output);
            Assert.That(run.Kernels.Single().Cases.Select(c => c.Id),
                Is.EquivalentTo(new[] { own.Examples.Case, Futex }));
            Assert.That(run.Kernels.Single().Status, Is.EqualTo(KernelStatus.Tested));
        });
    }

    private IEnumerable<Outcome?> Outcomes(string id) =>
        _run.Kernels.Select(k => k.Cases.Single(c => c.Id == id).Outcome);
}
