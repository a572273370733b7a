using Harness.Results;
using Harness.Runs;
using Harness.Shards;
using Harness.Tests.Support;

namespace Harness.Tests.Shards;

/// <summary>What happens where runs that are joined do not fit together.</summary>
public sealed class RunMergeTests
{
    private const string Case = "raw.array_of_maps.array.struct.none";

    private static readonly DateTimeOffset _later = new(2026, 2, 1, 1, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_kernel_that_two_runs_answer_alike_is_that_of_the_first()
    {
        var first = Run("a", Kernel(CaseStatus.Pass));
        var second = Run("b", Kernel(CaseStatus.Pass) with { StartedAt = _later });
        foreach (var runs in new[] { new[] { first, second }, [second, first] })
        {
            var merged = Merge(runs);
            Assert.That(merged.Conflicts, Is.Empty);
            Assert.That(merged.Document.Kernels.Single().StartedAt, Is.EqualTo(Kernel(CaseStatus.Pass).StartedAt));
            Assert.That(merged.Origins.Values.Single(), Is.SameAs(first));
        }
    }

    [Test]
    public void A_case_that_two_runs_answer_otherwise_is_flaky_in_any_order()
    {
        var (pass, fail) = (Run("a", Kernel(CaseStatus.Pass)), Run("b", Kernel(CaseStatus.Fail)));
        foreach (var runs in new[] { new[] { pass, fail }, [fail, pass] })
        {
            var merged = Merge(runs);
            var flaky = merged.Document.Kernels.Single().Cases.Single();
            Assert.That((flaky.Status, flaky.Outcome, flaky.AsExpected),
                Is.EqualTo((CaseStatus.Flaky, (Outcome?)null, false)));
            Assert.That(flaky.Attempts!.Select(a => (a.Repeat, a.Status, a.Errno)),
                Is.EqualTo(new[] { (1, CaseStatus.Pass, (string?)null), (2, CaseStatus.Fail, "EINVAL") }));
            Assert.That(merged.Conflicts, Has.Count.EqualTo(1).And.All.Contains("disagree on 1 case"));
            Assert.That(RunExitCode.Of(merged.Document), Is.EqualTo(ExitCodes.Unexpected));
            var again = Merge(new ShardRun("joined", merged.Document), fail).Document.Kernels.Single().Cases.Single();
            Assert.That(again.Attempts, Is.EqualTo(flaky.Attempts), "joined once more, nothing changes");
            Assert.That(again with { Attempts = null }, Is.EqualTo(flaky with { Attempts = null }));
        }
    }

    [TestCase(KernelStatus.InfraError)]
    [TestCase(KernelStatus.Unavailable)]
    [TestCase(KernelStatus.NotRun)]
    public void A_kernel_that_one_run_could_not_test_is_that_of_the_other(KernelStatus status)
    {
        var merged = Merge(
            Run("a", Samples.Untested("6.1.192", status, "the node died")), Run("b", Kernel(CaseStatus.Pass)));
        Assert.That(merged.Document.Kernels.Single().Status, Is.EqualTo(KernelStatus.Tested));
        Assert.That(merged.Conflicts, Is.Empty);
    }

    [Test]
    public void Where_a_kernel_crashed_in_one_run_that_counts_and_is_said()
    {
        var crashed = Kernel(CaseStatus.Pass) with { Status = KernelStatus.Crashed, AsExpected = false };
        var merged = Merge(Run("a", Kernel(CaseStatus.Pass)), Run("b", crashed));
        Assert.That(merged.Document.Kernels.Single().Status, Is.EqualTo(KernelStatus.Crashed));
        Assert.That(merged.Conflicts.Single(), Does.Contain("a and b disagree on its status (tested, crashed)"));
    }

    [Test]
    public void Different_images_of_one_name_are_refused() => Assert.That(
        () => Merge(
            Run("a", Kernel(CaseStatus.Pass)), Run("b", Kernel(CaseStatus.Pass) with { Sha256 = new string('f', 64) })),
        Throws.TypeOf<UsageException>()
            .With.Message.StartsWith("b: its debian-6.1.192-1-cloud-amd64 is another image"));

    [Test]
    public void Runs_that_asked_other_things_are_refused()
    {
        var run = Run("a", Kernel(CaseStatus.Pass));
        var others = new (string What, Func<RunInfo, RunInfo> Change)[]
        {
            ("the matrix", info => info with { Matrix = "other.yaml" }),
            ("the harness", info => info with { Harness = "9.9.9" }),
            ("the prober", info => info with { Prober = info.Prober with { Sha256 = new string('0', 64) } }),
            ("the probes", info => info with { Probes = [new ProbeInfo("exec", "Programs", "00", 1)] }),
            ("the selection of cases", info => info with { CaseGlobs = ["raw.*"] }),
            ("the number of boots", info => info with { Repeat = 3 }),
        };
        foreach (var (what, change) in others)
        {
            var other = run with { Directory = "b", Document = run.Document with { Run = change(run.Document.Run) } };
            Assert.That(() => Merge(run, other),
                Throws.TypeOf<UsageException>().With.Message.StartsWith($"b: {what} is another than in a"));
        }
    }

    [Test]
    public void Shares_of_different_divisions_are_refused() => Assert.That(
        () => Merge(Shard("a", 1, 2), Shard("b", 2, 3)),
        Throws.TypeOf<UsageException>().With.Message.Contains("is shard 2/3, and a is shard 1/2"));

    [Test]
    public void Other_accelerators_are_said()
    {
        var (tcg, kvm) = (Run("a", Kernel(CaseStatus.Pass)), Run("b", Samples.Kernel("7.3.4")));
        kvm = kvm with { Document = kvm.Document with { Run = kvm.Document.Run with { Accel = "kvm" } } };
        Assert.That(Merge(tcg, kvm).Document.Run.Notes,
            Has.Some.EqualTo("the accelerators differ: tcg of a; kvm of b"));
    }

    private static KernelResult Kernel(CaseStatus status) => Samples.Kernel("6.1.192", Samples.Case(Case, status));

    private static ShardRun Run(string directory, params KernelResult[] kernels) =>
        new(directory, Samples.Document(kernels));

    private static ShardRun Shard(string directory, int index, int of) =>
        new(directory, Samples.Document(Kernel(CaseStatus.Pass)) with { Shard = new ShardInfo(index, of, []) });

    private static MergedRun Merge(params IReadOnlyList<ShardRun> runs) =>
        RunMerge.Of(runs, "20260201-000000", Samples.Probes);
}
