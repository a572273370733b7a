using System.IO.Compression;
using System.Text.Json;
using Harness.Kernels;
using Harness.Machines;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>Runs that take over what earlier ones measured.</summary>
public sealed class KernelReuseTests
{
    private const string Before = "20260101-020000";

    private RunLab _lab = null!;

    [SetUp]
    public void Make_a_lab() => _lab = new RunLab();

    [TearDown]
    public void Remove_it() => _lab.Dispose();

    [Test]
    public async Task A_kernel_that_was_measured_is_not_booted_and_its_row_says_where_it_is_from()
    {
        var first = await FirstAsync("say booting; whole");
        var row = (await SecondAsync("say 'not me'; whole")).Kernels.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(1));
            Assert.That(row.Known, Is.EqualTo(new KnownFrom(Before, Second(first.StartedAt))));
            Assert.That(row.Cases, Is.EqualTo(first.Cases));
            Assert.That((row.Status, row.AsExpected, row.Release, row.Arch, row.Sha256, row.CaseStarts?.Count),
                Is.EqualTo((KernelStatus.Tested, true, first.Release, first.Arch, first.Sha256,
                    first.CaseStarts?.Count)));
            Assert.That(File.ReadAllText(Path.Combine(Later, row.Console!)), Is.EqualTo("booting\n"));
            Assert.That(File.ReadAllText(Path.Combine(Later, "ktap", "debian-6.1.5.ktap")),
                Does.Contain("raw.a").And.Contain("\n# end "));
            Assert.That(ResultsFile.Read(Later).Kernels.Single().Known, Is.EqualTo(row.Known));
        }
    }

    [Test]
    public async Task Nothing_is_taken_over_unless_it_is_asked_for()
    {
        await FirstAsync();
        var row = (await SecondAsync(change: plan => plan with { Reuse = null })).Kernels.Single();
        Assert.That((row.Known, row.MeasuredAgain, _lab.Launcher.Launched.Count),
            Is.EqualTo(((KnownFrom?)null, (MeasuredAgain?)null, 2)));
    }

    [Test]
    public async Task A_run_that_boots_each_kernel_takes_over_none_that_was_restored()
    {
        await FirstAsync();
        Remember(row => row with { Warm = true });
        await RequireMeasuredAsync(_lab.Kernel("6.1.5", "whole"), plan => plan);
        Remember(row => row with { Warm = true });
        var row = (await SecondAsync(change: plan => plan with { Snapshots = new(1, AtOnce: false) })).Kernels.Single();
        Assert.That((row.Known?.Run, row.Warm), Is.EqualTo((Before, true)));
    }

    /// <summary>It stands for those who take over nothing else, unless the kernel disagrees with itself.</summary>
    [TestCase(CaseStatus.Pass, false)]
    [TestCase(CaseStatus.Fail, true)]
    public async Task A_restored_kernel_takes_no_booted_ones_place(CaseStatus restored, bool forgotten)
    {
        var first = await FirstAsync();
        var known = Known();
        var row = first with { Warm = true, Cases = [.. first.Cases.Select(c => c with { Status = restored })] };
        new KernelReuse(_lab.Plan(_lab.Kernel("6.1.5", "whole")), _lab.Environment).Remember(row, known.Key);
        Assert.That(new KnownKernels(_lab["cache"]).Recall(known.Key)?.Row.Warm, Is.EqualTo(forgotten ? null : false));
    }

    [Test]
    public async Task A_restored_kernel_that_agrees_is_measured_again_for_those_who_take_it()
    {
        var first = await FirstAsync();
        var known = Known();
        var at = Second(first.StartedAt).AddDays(40);
        // Neither is it this kernel's day.
        var policy = new[] { 30, 31 }.Select(days => new ReusePolicy(days))
            .First(p => !p.IsDue(new KnownFrom(Before, at), place: 0, at));
        new KernelReuse(_lab.Plan(_lab.Kernel("6.1.5", "whole")), _lab.Environment)
            .Remember(first with { Warm = true, StartedAt = at }, known.Key);
        var kept = Known();
        Assert.That((kept.From, kept.LatestFrom.MeasuredAt), Is.EqualTo((known.From, at)));
        Assert.That(kept.Files, Has.Count.EqualTo(known.Files.Count));

        RunPlan Renewed(RunPlan plan, long snapshots) => plan with
        {
            Request = plan.Request with { StartedAt = at },
            Reuse = policy,
            Snapshots = new(snapshots, AtOnce: false),
        };
        var row = (await SecondAsync(change: plan => Renewed(plan, 1))).Kernels.Single();
        Assert.That(row.Known?.MeasuredAt, Is.EqualTo(known.From.MeasuredAt), "the row is the booted one's");
        Directory.Delete(Later, recursive: true);
        await RequireMeasuredAsync(_lab.Kernel("6.1.5", "whole"), plan => Renewed(plan, 0));
    }

    [Test]
    public async Task A_row_that_is_taken_over_is_compared_with_what_the_matrix_expects_now()
    {
        await FirstAsync();
        var expectation = Expect.Case("raw.a", CaseStatus.Fail);
        var row = (await SecondAsync(change: plan => plan with { Expectations = [expectation] })).Kernels.Single();
        Assert.That(row.Cases.Select(c => (c.Id, c.Expected, c.AsExpected)), Is.EqualTo(new[]
        {
            ("raw.a", CaseStatus.Fail, false), ("raw.b", CaseStatus.Pass, true),
        }));
    }

    [Test]
    public async Task Another_image_is_another_kernel()
    {
        await FirstAsync();
        await RequireMeasuredAsync(_lab.Kernel("6.1.5", "whole", sha256: new string('b', 64)), plan => plan);
    }

    [Test]
    public async Task So_are_other_programs_cases_and_parameters()
    {
        await FirstAsync();
        var kernel = _lab.Kernel("6.1.5", "whole");
        await RequireMeasuredAsync(kernel, plan => plan with
        {
            Programs = Renewed(plan, p => p.With([new GuestFile("/objects/a", [1])])),
        });
        await RequireMeasuredAsync(kernel, plan => plan with { Plain = true });
        await RequireMeasuredAsync(kernel, plan => plan with { DoesWithout = plan.DoesWithout.Take(1).ToHashSet() });
        await RequireMeasuredAsync(
            _lab.Kernel("6.1.5", "header 1; a; end 1"),
            plan => plan with { Programs = RunLab.Asking(plan, [RunLab.Cases[0]]) });
        File.AppendAllText(_lab.InitOf(MachineList.Default), "mended");
        await RequireMeasuredAsync(kernel, plan => plan);
    }

    [Test]
    public async Task A_program_that_sees_this_machines_files_is_always_asked()
    {
        static RunPlan Seeing(RunPlan plan) =>
            plan with { Programs = Renewed(plan, p => p with { SeesHost = true }) };
        await FirstAsync(change: Seeing);
        await RequireMeasuredAsync(_lab.Kernel("6.1.5", "whole"), Seeing);
    }

    [TestCase("header; a; say 'Kernel panic - not syncing: x'", TestName = "A_kernel_that_crashed_is_booted_again")]
    [TestCase("header; a; line 'not ok 2 raw.b # want=reject outcome=null step=update errno=EPERM reason=none'; end",
        TestName = "A_kernel_with_a_case_without_verdict_is_booted_again")]
    public async Task What_is_no_verdict_is_not_kept(string guest)
    {
        await FirstAsync(guest);
        await RequireMeasuredAsync(_lab.Kernel("6.1.5", "whole"), plan => plan);
    }

    [Test]
    public async Task What_a_kernel_complained_of_stays_unexpected()
    {
        await FirstAsync("header; a; say 'WARNING: CPU: 0 PID: 1 at kernel/bpf/x.c:1 f+0x1/0x2'; b; end");
        var row = (await SecondAsync()).Kernels.Single();
        Assert.That((row.Known is null, row.AsExpected, row.Complaints.Count), Is.EqualTo((false, false, 1)));
    }

    [TestCase(0)]
    [TestCase(40)]
    public Task A_file_that_is_cut_short_costs_a_boot_and_nothing_else(int length) => DamageAsync(file =>
    {
        using var damaged = File.OpenWrite(file);
        damaged.SetLength(length);
    });

    [Test]
    public Task So_does_one_that_was_changed() => DamageAsync(file =>
    {
        using var archive = ZipFile.Open(file, ZipArchiveMode.Update);
        var entry = archive.Entries.Single(e => e.Name.EndsWith(".ktap", StringComparison.Ordinal));
        var name = entry.FullName;
        entry.Delete();
        using var changed = archive.CreateEntry(name).Open();
        changed.Write("ok 1 raw.a"u8);
    });

    [Test]
    public Task So_does_one_whose_files_lead_elsewhere() => DamageAsync(file =>
    {
        using var archive = ZipFile.Open(file, ZipArchiveMode.Update);
        using var further = archive.CreateEntry("console/../../evil.log").Open();
        further.Write("x"u8);
    });

    private async Task DamageAsync(Action<string> damage)
    {
        await FirstAsync();
        damage(Directory.GetFiles(_lab["cache", "known"]).Single());
        var row = (await SecondAsync()).Kernels.Single();
        Assert.That((row.Known, row.Status, _lab.Launcher.Launched.Count),
            Is.EqualTo(((KnownFrom?)null, KernelStatus.Tested, 2)));
    }

    [Test]
    public async Task A_kernel_whose_turn_it_is_is_measured_again_and_agrees_with_itself()
    {
        var first = await FirstAsync();
        var row = (await SecondAsync(change: Renewing)).Kernels.Single();
        Assert.That((row.Known, row.AsExpected, row.MeasuredAgain!.Run, row.MeasuredAgain.MeasuredAt),
            Is.EqualTo(((KnownFrom?)null, true, Before, Second(first.StartedAt))));
        Assert.That(row.MeasuredAgain.Changed, Is.Empty);
    }

    [Test]
    public async Task One_that_answers_otherwise_is_not_as_expected()
    {
        await FirstAsync();
        var document =
            await SecondAsync("header; a; line 'not ok 2 raw.b # want=reject outcome=accept'; end", Renewing);
        var row = document.Kernels.Single();
        Assert.That(row.MeasuredAgain!.Changed, Is.EqualTo(["raw.b"]));
        Assert.That((row.AsExpected, RunExitCode.Of(document)), Is.EqualTo((false, ExitCodes.Unexpected)));
    }

    [Test]
    public async Task A_kernel_that_disagrees_with_itself_is_asked_again_by_the_next_run()
    {
        await FirstAsync();
        await SecondAsync("header; a; line 'not ok 2 raw.b # want=reject outcome=accept'; end", Renewing);
        Directory.Delete(Later, recursive: true);
        await RequireMeasuredAsync(_lab.Kernel("6.1.5", "whole"), plan => plan);
    }

    [TestCase("header; a; say 'Kernel panic - not syncing: x'")]
    [TestCase("header; a; line 'not ok 2 raw.b # want=reject outcome=null step=update errno=EPERM reason=none'; end")]
    public async Task A_kernel_that_failed_since_is_not_known_any_more(string guest)
    {
        await FirstAsync();
        await SecondAsync(guest, Renewing);
        Directory.Delete(Later, recursive: true);
        await RequireMeasuredAsync(_lab.Kernel("6.1.5", "whole"), plan => plan);
    }

    [Test]
    public async Task A_failure_on_this_side_leaves_what_is_known()
    {
        await FirstAsync();
        await SecondAsync("complain 'qemu-system-x86_64: no memory'; exit 1",
            plan => Renewing(plan) with { Retries = new RetryPolicy { Attempts = 1 } });
        Directory.Delete(Later, recursive: true);
        Assert.That((await SecondAsync()).Kernels.Single().Known?.Run, Is.EqualTo(Before));
    }

    [Test]
    public async Task What_this_run_measured_itself_is_not_known_from_an_earlier_one()
    {
        await FirstAsync();
        var row = (await SecondAsync(change: plan => plan with
        {
            Request = plan.Request with { RunId = Before },
        })).Kernels.Single();
        Assert.That((row.Known, _lab.Launcher.Launched.Count), Is.EqualTo(((KnownFrom?)null, 2)));
    }

    [Test]
    public async Task A_kernel_whose_id_begins_with_another_ones_keeps_its_own_files()
    {
        var plan = _lab.Plan(_lab.Kernel("6.1", "say short; whole"), _lab.Kernel("6.1.5", "say long; whole"));
        await _lab.RunAsync(plan with { Request = plan.Request with { RunId = Before } });
        var other = _lab.Plan(
            _lab.Kernel("6.1", "whole"), _lab.Kernel("6.1.5", "say other; whole", sha256: new string('b', 64)));
        await _lab.RunAsync(other with { Directory = Later, Reuse = new ReusePolicy() });
        Assert.That(File.ReadAllText(Path.Combine(Later, "console", "debian-6.1.log")), Is.EqualTo("short\n"));
        Assert.That(File.ReadAllText(Path.Combine(Later, "console", "debian-6.1.5.log")), Is.EqualTo("other\n"));
    }

    [Test]
    public async Task Another_selection_within_a_case_is_another_question()
    {
        static RunPlan Asking(RunPlan plan, string cases) =>
            plan with { Request = plan.Request with { EntryCases = [cases] } };
        await FirstAsync(change: plan => Asking(plan, "exec.t.a"));
        await RequireMeasuredAsync(_lab.Kernel("6.1.5", "whole"), plan => Asking(plan, "exec.t.b"));
    }

    [TestCase("QEMU 8", "1.35", TestName = "Another_QEMU_asks_again")]
    [TestCase("unknown", "1.35", TestName = "A_QEMU_that_nobody_knows_asks_again")]
    [TestCase(null, "1.99", TestName = "Another_virtme_ng_asks_again")]
    public async Task Another_host(string? qemu, string virtme)
    {
        await FirstAsync();
        _lab.Host = _lab.Host with { Qemu = qemu ?? _lab.Host.Qemu, Virtme = virtme };
        await RequireMeasuredAsync(_lab.Kernel("6.1.5", "whole"), plan => plan);
    }

    [Test]
    public async Task Boots_that_are_to_be_told_apart_keep_nothing()
    {
        await FirstAsync(change: plan => plan with { Shuffle = 7 });
        Assert.That(Directory.Exists(_lab["cache", "known"]), Is.False);
    }

    [Test]
    public void Each_of_seven_days_has_its_share_and_each_kernel_its_day()
    {
        var policy = new ReusePolicy(7);
        var start = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);
        var due = Enumerable.Range(0, 7).Select(day => Enumerable.Range(0, 88)
            .Where(place => policy.IsDue(new KnownFrom(Before, start), place, start.AddDays(day))).ToList()).ToList();
        Assert.That(due.Select(kernels => kernels.Count), Is.All.InRange(12, 13));
        Assert.That(due.SelectMany(kernels => kernels).Order(), Is.EqualTo(Enumerable.Range(0, 88)));
    }

    [Test]
    public void A_kernel_that_missed_its_day_is_due_after_a_week()
    {
        var policy = new ReusePolicy(7);
        var now = new DateTimeOffset(2026, 3, 8, 2, 0, 0, TimeSpan.Zero);
        var place = Enumerable.Range(0, 7).First(p => !policy.IsDue(new KnownFrom(Before, now), p, now));
        Assert.That(policy.IsDue(new KnownFrom(Before, now.AddDays(-6)), place, now), Is.False);
        Assert.That(policy.IsDue(new KnownFrom(Before, now.AddDays(-7)), place, now), Is.True);
        Assert.That(new ReusePolicy().IsDue(new KnownFrom(Before, now.AddYears(-1)), 0, now), Is.False);
    }

    [TestCase(false, 7, 1, null, "--renew says when --reuse measures anew")]
    [TestCase(true, 0, 1, null, "--renew takes a number of days from 1 to 3650")]
    [TestCase(true, 3651, 1, null, "--renew takes a number of days from 1 to 3650")]
    [TestCase(true, null, 3, null, "--reuse boots no known kernel")]
    [TestCase(true, null, 1, 5u, "--reuse asks a known kernel nothing")]
    public void Options_that_contradict_each_other_are_refused(
        bool reuse, int? renew, int repeat, uint? shuffle, string problem)
    {
        var options = new RunOptions { Reuse = reuse, RenewDays = renew, Repeat = repeat, Shuffle = shuffle };
        Assert.That(options.Validate, Throws.TypeOf<UsageException>().With.Message.StartsWith(problem));
    }

    /// <summary>Results hold times to the second.</summary>
    private static DateTimeOffset Second(DateTimeOffset? time) =>
        DateTimeOffset.FromUnixTimeSeconds(time!.Value.ToUnixTimeSeconds());

    private string Later => _lab["later"];

    /// <summary>The only kernel that is known.</summary>
    private KnownKernel Known()
    {
        using var archive = ZipFile.OpenRead(Directory.EnumerateFiles(_lab["cache", "known"]).Single());
        using var row = archive.GetEntry("row.json")!.Open();
        var key = JsonSerializer.Deserialize(row, KnownJson.Known)!.Key;
        return new KnownKernels(_lab["cache"]).Recall(key)!;
    }

    private void Remember(Func<KernelResult, KernelResult> change)
    {
        var known = Known();
        new KnownKernels(_lab["cache"]).Remember(known with { Run = Before, Row = change(known.Row) });
    }

    private static RunPlan Renewing(RunPlan plan) => plan with { Reuse = new ReusePolicy(1) };

    private static IReadOnlyList<ProgramTask> Renewed(RunPlan plan, Func<NativeProgram, NativeProgram> change) =>
        [.. plan.Programs.Select(task => task with { Program = change(task.Program) })];

    private async Task<KernelResult> FirstAsync(string guest = "whole", Func<RunPlan, RunPlan>? change = null)
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", guest));
        plan = plan with { Request = plan.Request with { RunId = Before } };
        return (await _lab.RunAsync(change is null ? plan : change(plan))).Kernels.Single();
    }

    private Task<RunDocument> SecondAsync(string guest = "whole", Func<RunPlan, RunPlan>? change = null) =>
        SecondAsync(_lab.Kernel("6.1.5", guest), change);

    private Task<RunDocument> SecondAsync(PlannedKernel kernel, Func<RunPlan, RunPlan>? change)
    {
        var plan = _lab.Plan(kernel) with { Directory = Later, Reuse = new ReusePolicy() };
        return _lab.RunAsync(change is null ? plan : change(plan));
    }

    private async Task RequireMeasuredAsync(PlannedKernel kernel, Func<RunPlan, RunPlan> change)
    {
        var before = _lab.Launcher.Launched.Count;
        var row = (await SecondAsync(kernel, change)).Kernels.Single();
        Assert.That((row.Known, _lab.Launcher.Launched.Count - before), Is.EqualTo(((KnownFrom?)null, 1)));
        Directory.Delete(Later, recursive: true);
    }
}
