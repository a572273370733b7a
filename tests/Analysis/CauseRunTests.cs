using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>The rules over everything that a real run of the default matrix showed.</summary>
public sealed class CauseRunTests
{
    private static readonly IReadOnlyList<KernelResult> _explained = Samples.Explain(CauseCapturedRun.Default);

    /// <summary><c>CUT_RUN=results/latest</c> cuts the capture from that run; the diff is then to be read.</summary>
    [Test]
    public void The_capture_holds_the_whole_run()
    {
        if (Environment.GetEnvironmentVariable("CUT_RUN") is { } run)
        {
            File.WriteAllText(CauseCapturedRun.Source, CauseCapturedRun.Write(ResultsFile.Read(run).Kernels));
            Assert.Inconclusive("cut; other tests may have read the capture before, so run them again");
        }
        Assert.That(CauseCapturedRun.Default, Has.Count.EqualTo(22));
        Assert.That(CauseCapturedRun.Default.Select(k => k.Cases.Count), Is.All.EqualTo(2111));
        Assert.That(CauseCapturedRun.Write(CauseCapturedRun.Default),
            Is.EqualTo(File.ReadAllText(CauseCapturedRun.Source)));
    }

    [Test]
    public void Everything_that_is_not_as_wanted_has_a_cause_and_a_source()
    {
        var unexplained =
            _explained.SelectMany(k =>
                k.Cases.Where(c => c.Status != CaseStatus.Pass && (c.Cause is null || c.Source is null)), (k, c) =>
                    $"{k.Version} {c.Id}");
        Assert.That(unexplained, Is.Empty);
    }

    [Test]
    public void Every_failure_has_a_workaround_that_the_run_saw_working()
    {
        var helpless =
            _explained.SelectMany(k =>
                k.Cases.Where(c => c.Status == CaseStatus.Fail && c.Workaround is null), (k, c) =>
                    $"{k.Version} {c.Id}");
        Assert.That(helpless, Is.Empty);
    }

    [Test]
    public void What_passes_is_not_explained() =>
        Assert.That(_explained.SelectMany(k => k.Cases)
            .Where(c => c.Status == CaseStatus.Pass && (c.Cause ?? c.Source ?? c.Workaround) is not null), Is.Empty);

    [Test]
    public void Nothing_but_causes_is_changed() =>
        Assert.That(_explained.SelectMany(k => k.Cases)
            .Select(c => c with { Cause = null, Source = null, Workaround = null }),
            Is.EqualTo(CauseCapturedRun.Default.SelectMany(k => k.Cases)));

    [Test]
    public void Explaining_twice_says_the_same() =>
        Assert.That(Samples.Explain(_explained).SelectMany(k => k.Cases),
            Is.EqualTo(_explained.SelectMany(k => k.Cases)));

    [Test]
    public void Every_rule_about_what_the_run_shows_is_used()
    {
        // These speak of kernels or libbpf versions that the default matrix does not have.
        string[] unseen =
        [
            "kernel-without-btf", "kernel-without-symbols", "kptr-unknown", "libbpf-declared-template-kept",
            "other-nodes", "program-reads-first-element", "toolchain-without-light-skeletons",
        ];
        var used = _explained.SelectMany(k => k.Cases).Select(c => (c.Cause, c.Source)).Distinct().ToHashSet();
        Assert.That(InnerMapsProbe.Instance.Causes.Value.Where(r => !used.Contains((r.Cause, r.Source)))
            .Select(r => r.Id), Is.EquivalentTo(unseen));
    }

    [Test]
    public void Eighty_kernels_end_by_themselves()
    {
        var kernels = Enumerable.Range(0, 80).Select(i => CauseCapturedRun.Default[i % 22] with { Id = $"k{i}" })
            .ToList();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Samples.Explain(kernels);
        // A second on an idle machine: only a pattern that goes astray takes that long.
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }
}
