using System.Text.Json;
using Harness.Analysis;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Analysis;

/// <summary>What changed between two runs, and what did not although it looks like it.</summary>
public sealed class RunDiffTests
{
    private const string A = "raw.array_of_maps.array.struct.none";
    private const string B = "raw.array_of_maps.hash.struct.none";

    private static readonly CaseResult _pass = Samples.Case(A);
    private static readonly CaseResult _fail = Samples.Case(A, CaseStatus.Fail);
    private static readonly CaseResult _skip = Samples.Case(A, CaseStatus.Skip);
    private static readonly CaseResult _error = Samples.Case(A, CaseStatus.Error);
    private static readonly CaseResult _flaky = Samples.Case(A, CaseStatus.Flaky);

    private static IEnumerable<TestCaseData> Pairs()
    {
        yield return new(_pass, _fail, CaseChangeKind.NewFailure);
        yield return new(_skip, _fail, CaseChangeKind.NewFailure);
        yield return new(_error, _fail, CaseChangeKind.NewFailure);
        yield return new(_fail, _pass, CaseChangeKind.Fixed);
        yield return new(_pass, _skip, CaseChangeKind.OtherStatus);
        yield return new(_skip, _pass, CaseChangeKind.OtherStatus);
        yield return new(_fail, _skip, CaseChangeKind.OtherStatus);
        yield return new(_pass, _error, CaseChangeKind.OtherStatus);
        yield return new(_fail, _error, CaseChangeKind.OtherStatus);
        yield return new(_pass, _flaky, CaseChangeKind.OtherStatus);
        yield return new(_flaky, _pass, CaseChangeKind.OtherStatus);
        yield return new(_flaky, _fail, CaseChangeKind.OtherStatus);
        yield return new(_fail, _fail with { Errno = "E2BIG" }, CaseChangeKind.OtherError);
        yield return new(_fail, _fail with { Step = "inner" }, CaseChangeKind.OtherError);
        yield return new(_skip, _skip with { Step = "outer" }, CaseChangeKind.OtherError);
        yield return new(_error, _error with { Outcome = Outcome.Reject }, CaseChangeKind.OtherError);
        yield return new(_pass, Samples.Case(A, CaseStatus.Fail, Outcome.Reject), CaseChangeKind.OtherWant);
        yield return new(_fail, Samples.Case(A, CaseStatus.Pass, Outcome.Reject), CaseChangeKind.OtherWant);
    }

    [TestCaseSource(nameof(Pairs))]
    public void A_case_that_changed(CaseResult before, CaseResult after, CaseChangeKind kind)
    {
        var changes = Diff([Samples.Kernel("6.1.5", before)], [Samples.Kernel("6.1.5", after)]);
        var change = changes.Cases.Single();
        Assert.That((changes.Changed, change.Change, change.Case), Is.EqualTo((true, kind, A)));
        Assert.That((change.From!.Status, change.To!.Status), Is.EqualTo((before.Status, after.Status)));
        Assert.That(changes.Kernels, Is.Empty);
    }

    [Test]
    public void What_is_no_measurement_is_no_change()
    {
        var kernel = Samples.Kernel("6.1.5", _fail);
        var again = kernel with
        {
            Seconds = 9,
            ProbeSeconds = 3,
            Attempts = 2,
            Note = "another",
            AsExpected = false,
            Cases =
                [_fail with { Reason = "took 3 s", Cause = "a rule", Workaround = "another way", Evidence = "R1",
                    Expected = CaseStatus.Fail, AsExpected = true }],
        };
        var changes =
            Diff([kernel, Samples.Untested("6.2", KernelStatus.BootTimeout, "after 90.1 s")],
                [again, Samples.Untested("6.2", KernelStatus.BootTimeout, "after 90.2 s")]);
        Assert.That((changes.Changed, changes.ComparedKernels, changes.ComparedVerdicts), Is.EqualTo((false, 2, 1)));
        Assert.That(changes.Notes, Is.Empty);
    }

    [Test]
    public void Runs_of_everything_against_themselves_change_nothing()
    {
        var changes = RunDiff.Of(WholeRun.Document(), WholeRun.Document(), Samples.PlaceOf, Samples.Probes);
        Assert.That((changes.Changed, changes.ComparedKernels), Is.EqualTo((false, 10)));
    }

    [Test]
    public void The_same_change_on_several_kernels_is_one()
    {
        var changes = Diff(
            [Samples.Kernel("6.1.5", _pass), Samples.Kernel("6.12.1", _pass), Samples.Kernel("6.1.170", _pass)],
            [Samples.Kernel("6.12.1", _fail), Samples.Kernel("6.1.170", _fail),
                Samples.Kernel("6.1.5", _fail with { Errno = "E2BIG" })]);
        Assert.That(changes.Cases.Select(c => (string.Join(' ', c.Kernels), c.To!.Errno)), Is.EqualTo(new[]
        {
            ("debian-6.1.5-1-cloud-amd64", "E2BIG"),
            ("debian-6.1.170-1-cloud-amd64 debian-6.12.1-1-cloud-amd64", "EINVAL"),
        }));
    }

    [Test]
    public void Cases_that_only_one_run_asked_came_or_went_and_did_not_fail()
    {
        var changes =
            Diff([Samples.Kernel("6.1.5", _pass)], [Samples.Kernel("6.1.5", Samples.Case(B, CaseStatus.Fail))]);
        Assert.That(changes.Cases.Select(c => (c.Change, c.Case, c.From?.Status, c.To?.Status)),
            Is.EqualTo(new (CaseChangeKind, string, CaseStatus?, CaseStatus?)[]
        {
            (CaseChangeKind.Came, B, null, CaseStatus.Fail),
            (CaseChangeKind.Went, A, CaseStatus.Pass, null),
        }));
        Assert.That((changes.Changed, changes.ComparedKernels, changes.ComparedVerdicts), Is.EqualTo((true, 1, 0)));
    }

    [Test]
    public void A_kernel_that_crashes_has_not_lost_its_cases()
    {
        var whole = Samples.Kernel("6.1.5", _pass, Samples.Case(B));
        var crashed = Samples.Kernel("6.1.5", _fail) with { Status = KernelStatus.Crashed, Reason = "BUG" };
        var changes = Diff([whole], [crashed]);
        Assert.That(changes.Kernels.Single(), Is.EqualTo(new KernelChange(
            KernelChangeKind.NewlyUntestable, whole.Id, "6.1.5", new KernelEnd(KernelStatus.Tested, null),
            new KernelEnd(KernelStatus.Crashed, "BUG"))));
        Assert.That(changes.Cases.Single().Change, Is.EqualTo(CaseChangeKind.NewFailure),
            "what both measured is compared all the same");
        Assert.That(Diff([crashed], [whole]).Kernels.Single().Change, Is.EqualTo(KernelChangeKind.NewlyTestable));
        Assert.That(Diff([crashed], [crashed with { Cases = [] }]).Changed, Is.False, "where it crashes is no verdict");
    }

    [Test]
    public void A_kernel_that_fails_in_another_way_has_changed()
    {
        var changes =
            Diff([Samples.Untested("6.1.5", KernelStatus.BootFailed, "panic")],
                [Samples.Untested("6.1.5", KernelStatus.Unavailable, "404")]);
        Assert.That(changes.Kernels.Single().Change, Is.EqualTo(KernelChangeKind.OtherStatus));
    }

    [Test]
    public void A_point_release_takes_the_place_of_another()
    {
        var changes = Diff(
            [Samples.Kernel("6.1.170", _fail, Samples.Case(B)), Samples.Kernel("6.1.190", _fail, Samples.Case(B))],
            [Samples.Kernel("6.1.170", _fail, Samples.Case(B)), Samples.Kernel("6.1.192", _pass, Samples.Case(B))]);
        Assert.That(changes.Kernels.Select(k => (k.Change, k.Kernel)), Is.EqualTo(new[]
        {
            (KernelChangeKind.Went, "debian-6.1.190-1-cloud-amd64"),
            (KernelChangeKind.Came, "debian-6.1.192-1-cloud-amd64"),
        }));
        var replacement = changes.Replacements.Single();
        Assert.That((replacement.Went, replacement.Came, replacement.Compared),
            Is.EqualTo(("debian-6.1.190-1-cloud-amd64", "debian-6.1.192-1-cloud-amd64", 2)));
        Assert.That(replacement.Cases.Select(c => (c.Change, c.Case)), Is.EqualTo(new[] { (CaseChangeKind.Fixed, A) }));
        Assert.That((changes.Changed, changes.ComparedKernels, changes.Cases.Count), Is.EqualTo((true, 1, 0)));
    }

    [Test]
    public void Another_revision_of_the_same_version_takes_its_place()
    {
        var kernel = Samples.Kernel("6.1.192", _pass);
        var changes = Diff([kernel], [kernel with { Id = "debian-6.1.192-2-cloud-amd64" }]);
        Assert.That(changes.Replacements.Select(r => (r.Came, r.Cases.Count)),
            Is.EqualTo(new[] { ("debian-6.1.192-2-cloud-amd64", 0) }));
        Assert.That(changes.Changed, "another kernel is another matrix, however alike it answers");
    }

    [Test]
    public void Several_of_a_series_are_matched_in_the_order_of_versions()
    {
        var changes =
            Diff([Samples.Kernel("6.1.9"), Samples.Kernel("6.1.100")],
                [Samples.Kernel("6.1.101"), Samples.Kernel("6.1.10")]);
        Assert.That(changes.Replacements.Select(r => (r.Went, r.Came)), Is.EqualTo(new[]
        {
            ("debian-6.1.9-1-cloud-amd64", "debian-6.1.10-1-cloud-amd64"),
            ("debian-6.1.100-1-cloud-amd64", "debian-6.1.101-1-cloud-amd64"),
        }));
    }

    [Test]
    public void Nobody_takes_a_place_that_is_not_free()
    {
        var one = Samples.Kernel("6.1.190", _pass);
        (KernelResult[] Went, KernelResult[] Came)[] pairs =
        [
            ([one], [Samples.Kernel("6.1.191"), Samples.Kernel("6.1.192")]),
            ([one], [Samples.Kernel("6.12.1")]),
            ([one], [one with { Id = "debian-6.1.190-1-amd64" }]),
            ([one], [one with { Arch = "aarch64", Id = "debian-6.1.191-1-cloud-amd64" }]),
            ([one with { Id = "mine" }], [one with { Id = "yours" }]),
            ([one with { Id = "debian-mine" }], [one with { Id = "debian-yours" }]),
            ([one], []),
        ];
        Assert.That(pairs.SelectMany(p => Diff(p.Went, p.Came).Replacements), Is.Empty);
    }

    /// <summary>What a source that fails leaves of a run: another's kernel, and a row in place of the rest.</summary>
    [Test]
    public void Where_a_source_could_not_be_read_none_of_its_kernels_came_or_went()
    {
        var own = Samples.Kernel("6.1.5", _pass) with { Id = "mine" };
        KernelResult[] whole = [Samples.Kernel("6.1.170", _pass), Samples.Kernel("6.12.43", _pass), own];
        KernelResult[] broken = [Samples.Suite("trixie"), Samples.Kernel("6.1.170", _pass),
            Samples.Kernel("6.12.41", _pass), own];
        foreach (var changes in new[] { Diff(whole, broken), Diff(broken, whole), Diff(broken, broken[..2]) })
        {
            Assert.That(changes.Kernels.Select(k => k.Kernel).Except(["mine"]), Is.Empty);
            Assert.That(changes.Replacements, Is.Empty);
            Assert.That(changes.Notes, Has.Some.Contains("debian-suite-trixie-amd64").And.Contains("not compared"));
        }
        Assert.That((Diff(whole, broken).Changed, Diff(broken, whole).Changed), Is.EqualTo((false, false)));
        Assert.That(Diff(broken, broken[..2]).Kernels.Select(k => k.Kernel), Is.EqualTo(new[] { "mine" }),
            "what is of another source went");
        var arm = Samples.Kernel("6.1.170") with { Arch = "aarch64", Id = "debian-6.1.170-1-cloud-arm64" };
        Assert.That(Diff([arm, .. whole], broken).Kernels.Select(k => k.Kernel), Is.EqualTo(new[] { arm.Id }),
            "the suite was read for another architecture");
    }

    [TestCase("debian", "debian", true)]
    [TestCase(null, "debian", true, Description = "the older document says no lines")]
    [TestCase("debian", "el9", false)]
    [TestCase(null, "el9", false)]
    public void A_kernel_takes_the_place_of_one_of_its_line_only(string? older, string newer, bool isReplaced)
    {
        var changes = Diff([Samples.Kernel("6.1.5", _pass) with { Line = older }],
            [Samples.Kernel("6.1.6", _pass) with { Line = newer }]);
        Assert.That(changes.Replacements, isReplaced ? Has.Count.EqualTo(1) : Is.Empty);
        Assert.That(changes.Kernels.Select(k => k.Change),
            Is.EqualTo(new[] { KernelChangeKind.Went, KernelChangeKind.Came }));
    }

    [Test]
    public void Another_image_under_the_same_id_is_told_and_no_change()
    {
        var kernel = Samples.Kernel("6.1.5", _pass);
        var changes = Diff([kernel], [kernel with { Sha256 = "ff" }]);
        Assert.That((changes.Changed, changes.Notes.Single()),
            Is.EqualTo((false, $"another image under the same id: {kernel.Id}")));
        Assert.That(Diff([kernel with { Sha256 = null }], [kernel]).Notes, Is.Empty, "nobody knows what it was");
    }

    [Test]
    public void How_the_runs_were_made_differently_is_told()
    {
        var older = Samples.Document(Samples.Kernel("6.1.5", _pass));
        var newer = older with
        {
            Run = older.Run with
            {
                Id = "newer",
                StartedAt = older.Run.StartedAt.AddDays(-1),
                Complete = false,
                Matrix = "nightly.yaml",
                Accel = "kvm",
                Repeat = 3,
                CaseGlobs = ["raw.*"],
                Prober = new ProberInfo("5a5a"),
                Facts =
                    RunFacts.Of([],
                        [new("machine", "1.1", null, "5a5a", 2), new("1.5", "1.5", "libbpf-1-5", "6b6b", 2)]),
            },
        };
        var changes = RunDiff.Of(older, newer, Samples.PlaceOf, Samples.Probes);
        Assert.That(changes.Changed, Is.False);
        Assert.That(changes.Notes, Is.EqualTo(new[]
        {
            "20260131-235959, given as the older run, began after newer",
            "newer was interrupted",
            "the matrix differs: kernels.yaml → nightly.yaml",
            "the accelerator differs: tcg → kvm",
            "the number of boots of each kernel differs: 1 → 3",
            "the selection of cases differs: all → raw.*",
            "the prober differs: 001122334455 → 5a5a, 6b6b with libbpf 1.5",
        }));
    }

    [Test]
    public void The_order_of_the_documents_does_not_matter()
    {
        var (older, newer) =
            (WholeRun.Document(),
                Samples.Document(
                    WholeRun.Document().Kernels.Select(k =>
                        k with { Status = KernelStatus.Tested, Cases = [.. k.Cases.Skip(1)] }).ToList()));
        var turned = RunDiff.Of(
            older with { Kernels = [.. older.Kernels.Reverse()] },
            newer with
            {
                Kernels = [.. newer.Kernels.Reverse()
                .Select(k => k with { Cases = [.. k.Cases.Reverse()] })]
            }, Samples.PlaceOf, Samples.Probes);
        Assert.That(Json(turned), Is.EqualTo(Json(RunDiff.Of(older, newer, Samples.PlaceOf, Samples.Probes))));
    }

    private static RunChanges Diff(IReadOnlyList<KernelResult> older, IReadOnlyList<KernelResult> newer) =>
        RunDiff.Of(Samples.Document(older), Samples.Document(newer), Samples.PlaceOf, Samples.Probes);

    private static string Json(RunChanges changes) =>
        JsonSerializer.Serialize(changes, ResultsJson.Indented.RunChanges);
}
