using Harness.Analysis;
using Harness.Bisection;
using Harness.Kernels;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Bisection;

public sealed class ReleaseBisectionTests
{
    private BisectLab _lab = null!;

    [SetUp]
    public void Make_lab() => _lab = new BisectLab();

    [TearDown]
    public void Remove_lab() => _lab.Dispose();

    [TestCase(false, "good")]
    [TestCase(true, "bad")]
    public async Task The_neighbours_are_found_whichever_end_is_the_older(bool goodIsNewer, string which)
    {
        var kernels =
            _lab.Kernels([.. Enumerable.Repeat(BisectLab.Accepts, 5), .. Enumerable.Repeat(BisectLab.Refuses, 4)]);
        var findings = await _lab.BisectAsync(kernels, goodIsNewer: goodIsNewer);
        Assert.That(findings.Answer, Is.EqualTo(new ReleaseAnswer(
            BisectResult.Found,
            $"raw.a changed between debian-6.1.5, the last {which} one (accept), and debian-6.1.6 (reject at update "
                + "with EINVAL)",
            new BisectKernel("debian-6.1.5", "6.1.5", new Verdict(Outcome.Accept, null, null), null),
            new BisectKernel("debian-6.1.6", "6.1.6", new Verdict(Outcome.Reject, "update", "EINVAL"), null),
            findings.Answer.Between)
        {
            GoodIsNewer = goodIsNewer,
        }));
        Assert.That(findings.Answer.Between, Is.Empty);
        Assert.That(_lab.Booted, Has.Count.LessThanOrEqualTo(2 + 4).And.Unique);
        Assert.That(_lab.Booted.Take(2), Is.EquivalentTo(new[] { "6.1.1", "6.1.9" }), "the ends first");
        Assert.That(findings.Steps.Take(2).Select(s => s.Step), Is.All.EqualTo(1), "and at the same time");
    }

    [Test]
    public async Task A_second_bisection_of_the_same_boots_nothing()
    {
        var kernels =
            _lab.Kernels(BisectLab.Accepts, BisectLab.Accepts, BisectLab.Refuses, BisectLab.Refuses, BisectLab.Refuses);
        var first = await _lab.BisectAsync(kernels);
        var booted = _lab.Booted.Count;
        var second = await _lab.BisectAsync(kernels);
        Assert.That(_lab.Booted, Has.Count.EqualTo(booted));
        Assert.That((second.Answer.From, second.Answer.To), Is.EqualTo((first.Answer.From, first.Answer.To)));
        Assert.That(second.Steps.Select(s => s.Remembered), Is.All.True);
        Assert.That(first.Steps.Select(s => s.Remembered), Is.All.False);
        Assert.That(second.Steps.SelectMany(s => new[] { s.Ktap!, s.Console! })
                .Where(path => path.StartsWith("..", StringComparison.Ordinal)
                    || !File.Exists(Path.Combine(_lab.Directory, path))),
            Is.Empty,
            "the evidence of the first, in the directory of the second");
    }

    [Test]
    public async Task In_a_directory_that_holds_steps_they_stay_as_evidence()
    {
        Directory.CreateDirectory(_lab.Runs["bisect-1", "step-3"]);
        var findings = await _lab.BisectAsync(_lab.Kernels(BisectLab.Accepts, BisectLab.Refuses));
        Assert.That(findings.Steps.Select(s => (s.Step, s.Ktap!.Split('/')[0])), Has.All.EqualTo((4, "step-4")));
    }

    [Test]
    public async Task A_damaged_memory_is_an_empty_one()
    {
        var kernels = _lab.Kernels(BisectLab.Accepts, BisectLab.Refuses);
        await _lab.BisectAsync(kernels);
        foreach (var file in Directory.GetFiles(_lab.Runs["cache", "verdicts"]))
        {
            await File.WriteAllTextAsync(file, "{ \"Key\": ");
        }
        Assert.That((await _lab.BisectAsync(kernels)).Answer.Result, Is.EqualTo(BisectResult.Found));
        Assert.That(_lab.Booted, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Ends_that_agree_are_refused_with_both_verdicts()
    {
        var findings = await _lab.BisectAsync(_lab.Kernels(BisectLab.Refuses, BisectLab.Accepts, BisectLab.Refuses));
        Assert.That(findings.Answer.Result, Is.EqualTo(BisectResult.EndsAgree));
        Assert.That(findings.Answer.Sentence,
            Does.Contain("debian-6.1.1 and debian-6.1.3 both say reject at update with EINVAL"));
        Assert.That(_lab.Booted, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_refusal_with_another_errno_is_another_verdict()
    {
        var findings =
            await _lab.BisectAsync(_lab.Kernels(BisectLab.Refuses, BisectLab.Refuses, BisectLab.RefusesElsewhere));
        Assert.That((findings.Answer.Result, findings.Answer.To!.Verdict!.Errno),
            Is.EqualTo((BisectResult.Found, "E2BIG")));
    }

    [Test]
    public async Task That_a_kernel_lacks_what_the_case_needs_is_an_answer()
    {
        var findings = await _lab.BisectAsync(_lab.Kernels(BisectLab.Lacks, BisectLab.Lacks, BisectLab.Accepts));
        Assert.That((findings.Answer.Result, findings.Answer.From!.Kernel),
            Is.EqualTo((BisectResult.Found, "debian-6.1.2")));
        Assert.That(findings.Answer.Sentence, Does.Contain("skip at inner with EINVAL"));
    }

    [TestCase(false, "neither end answers raw.a: debian-6.1.1 and debian-6.1.2 both skip it (no such type); a kernel")]
    [TestCase(true, "raw.a: none of the 2 kernels that could be tested has what is needed")]
    public async Task Kernels_that_all_lack_what_the_case_needs_do_not_agree(bool all, string said)
    {
        var findings = await _lab.BisectAsync(_lab.Kernels(BisectLab.Lacks, BisectLab.Lacks), all);
        Assert.That(findings.Answer.Result, Is.EqualTo(BisectResult.EndUntestable));
        Assert.That(findings.Answer.Sentence, Does.StartWith(said));
    }

    [Test]
    public async Task An_end_that_cannot_be_tested_is_said_with_its_reason()
    {
        var findings = await _lab.BisectAsync(_lab.Kernels(BisectLab.Accepts, BisectLab.Accepts, BisectLab.Panics));
        Assert.That(findings.Answer.Result, Is.EqualTo(BisectResult.EndUntestable));
        Assert.That(findings.Answer.Sentence,
            Does.StartWith("debian-6.1.3 cannot be tested (boot failed: Kernel panic - not syncing: no root)"));
    }

    [TestCase(BisectLab.Panics, "boot failed: Kernel panic - not syncing: no root")]
    [TestCase(BisectLab.RefusesElsewhere, "reject at inner with E2BIG")]
    public async Task What_tells_nothing_is_stepped_around_and_widens_the_answer(string guest, string said)
    {
        var kernels = _lab.Kernels(BisectLab.Accepts, BisectLab.Accepts, guest, BisectLab.Refuses, BisectLab.Refuses);
        var answer = (await _lab.BisectAsync(kernels)).Answer;
        Assert.That((answer.Result, answer.From!.Version, answer.To!.Version),
            Is.EqualTo((BisectResult.Range, "6.1.2", "6.1.4")));
        Assert.That(answer.Between.Select(k => k.Verdict?.ToString() ?? k.Problem), Is.EqualTo(new[] { said }));
        Assert.That(answer.Sentence, Does.EndWith($"debian-6.1.3 ({said})"));
    }

    [Test]
    public async Task A_crash_after_the_case_was_reported_does_not_undo_its_verdict()
    {
        var crashes = "header 1; line 'not ok 1 raw.a # want=accept outcome=reject step=update errno=EINVAL'; say "
            + "'BUG: kernel NULL pointer dereference'";
        var kernels = _lab.Kernels(BisectLab.Accepts, crashes, BisectLab.Refuses);
        Assert.That((await _lab.BisectAsync(kernels)).Answer.To!.Version, Is.EqualTo("6.1.2"));
        await _lab.BisectAsync(kernels);
        Assert.That(_lab.Booted.Count(v => v == "6.1.2"), Is.EqualTo(2), "and is not relied on without the kernel");
    }

    [Test]
    public async Task A_kernel_that_the_archive_does_not_serve_counts_for_nothing_and_another_stands_in()
    {
        var absent = RunLab.Of("6.1.3",
            new FixedSource(new ImageResult.Unavailable("the archive answers 404", NotServed: true)));
        PlannedKernel[] kernels =
        [
            _lab.Kernel(0, BisectLab.Accepts), RunLab.Of(absent, _lab.Kernel(5, BisectLab.Refuses)),
            _lab.Kernel(9, BisectLab.Refuses),
        ];
        var answer = (await _lab.BisectAsync(kernels)).Answer;
        Assert.That((answer.Result, answer.From!.Version, answer.To!.Version),
            Is.EqualTo((BisectResult.Found, "6.1.1", "6.1.6")));
        Assert.That(_lab.Booted, Does.Contain("6.1.6"));
    }

    [Test]
    public async Task An_interruption_is_said_and_what_was_measured_is_not_lost()
    {
        using var interrupt = new CancellationTokenSource();
        var kernels = _lab.Kernels(BisectLab.Accepts, BisectLab.Accepts, "hang", BisectLab.Refuses, BisectLab.Refuses);
        var bisecting = _lab.BisectAsync(kernels, cancellation: interrupt.Token);
        await ProcessTable.UntilAsync(() => _lab.Booted.Contains("6.1.3"), "the third kernel boots");
        await interrupt.CancelAsync();
        var findings = await bisecting;
        Assert.That((findings.Answer.Result, findings.Steps.Count), Is.EqualTo((BisectResult.Interrupted, 2)));
        _lab.Runs.Launcher.Image("6.1.3", BisectLab.Accepts);
        Assert.That((await _lab.BisectAsync(kernels)).Answer.To!.Version, Is.EqualTo("6.1.4"));
        Assert.That(_lab.Booted.Count(v => v is "6.1.1" or "6.1.5"), Is.EqualTo(2), "each end once");
    }

    [Test]
    public async Task All_names_every_change_as_a_run_does()
    {
        string[] guests = [BisectLab.Accepts, BisectLab.Refuses, BisectLab.Refuses, BisectLab.RefusesElsewhere,
            BisectLab.Accepts, BisectLab.Accepts];
        var kernels = _lab.Kernels(guests);
        var findings = await _lab.BisectAsync(kernels, all: true);
        var plan = _lab.Runs.Plan(kernels);
        plan = plan with { Programs = RunLab.Asking(plan, [RunLab.Cases[0]]), CaseGlobs = [new Glob("raw.a")] };
        var run = await _lab.Runs.RunAsync(plan);
        Assert.That(findings.Answer.Result, Is.EqualTo(BisectResult.Found));
        Assert.That(findings.Transitions, Has.Count.EqualTo(2));
        Assert.That(findings.Transitions.Select(t => (t.Case, t.From, t.To, t.Cause)),
            Is.EqualTo(run.Transitions.Select(t => (t.Case, t.From, t.To, t.Cause))));
        Assert.That(findings.ErrorChanges.Select(t => (t.Case, t.From, t.To)),
            Is.EqualTo(Transitions.OfErrors(run.Kernels).Select(t => (t.Case, t.From, t.To))));
        Assert.That(findings.Transitions.SelectMany(t => t.Untested), Is.Empty);
        var again = await _lab.BisectAsync(kernels, all: true);
        Assert.That(again.Transitions.Select(t => (t.Case, t.From, t.To)),
            Is.EqualTo(findings.Transitions.Select(t => (t.Case, t.From, t.To))), "remembered kernels tell the same");
        Assert.That(_lab.Booted, Has.Count.EqualTo(2 * guests.Length),
            "once for --all, once for the run, never for the second --all");
    }

    [Test]
    public async Task All_follows_several_cases_and_says_what_lies_between()
    {
        const string Neither =
            "header; line 'not ok 1 raw.a # want=accept outcome=reject step=update errno=EINVAL'; b; end";
        var kernels = _lab.Kernels("whole", BisectLab.Panics, Neither, Neither);
        var findings = await _lab.BisectAsync(
            new ReleaseQuestion("raw.*", true, kernels, kernels[0].Kernel.Id, kernels[^1].Kernel.Id), "raw.*");
        Assert.That(findings.Answer.Result, Is.EqualTo(BisectResult.Range));
        Assert.That(findings.Transitions.Select(t => (t.Case, t.From.Version, t.To.Version)),
            Is.EqualTo(new[] { ("raw.a", "6.1.1", "6.1.3") }));
        Assert.That(findings.Transitions[0].Untested, Is.EqualTo(new[] { "debian-6.1.2" }));
    }

    [Test]
    public async Task All_of_kernels_that_agree_is_nothing_to_look_for() =>
        Assert.That((await _lab.BisectAsync(_lab.Kernels(BisectLab.Accepts, BisectLab.Accepts),
            all: true)).Answer.Result, Is.EqualTo(BisectResult.EndsAgree));

    [Test]
    public async Task Progress_says_the_step_and_how_many_boots_are_left()
    {
        await _lab.BisectAsync(_lab.Kernels([.. Enumerable.Repeat(BisectLab.Accepts, 8), BisectLab.Refuses]));
        Assert.That(_lab.Events[0], Is.EqualTo(new BisectEvent.Started("raw.a", 9, 5, _lab.Directory)));
        Assert.That(_lab.Events.OfType<BisectEvent.Narrowed>().Select(e => e.MostBoots), Is.EqualTo(new[] { 3, 2, 1 }));
    }
}
