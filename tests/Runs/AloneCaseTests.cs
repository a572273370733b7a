using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary>
/// A case that may kill the kernel, as its prober says, is asked once more in a boot of its own: what becomes of that
/// boot is the answer of this case, and of nothing else.
/// </summary>
public sealed class AloneCaseTests
{
    private const string Wish =
        "line 'not ok 1 raw.a # want=accept outcome=null step=update alone=yes reason=it may kill this kernel'";

    private const string Oops = "say '[    0.900000] BUG: kernel NULL pointer dereference, address: 0'; "
        + "say '[    0.900001] Oops: Oops: 0000 [#1] SMP'; say '[    0.900002] RIP: 0010:bpf_prog_1+0x80/0x85'; ";

    private RunLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new RunLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task Answered_alone_the_answer_is_that_of_the_case()
    {
        var kernel = await RowAsync("say alone with $parameters; header 1; a; end 1");
        Assert.That((kernel.Status, kernel.AsExpected, kernel.Attempts), Is.EqualTo((KernelStatus.Tested, true, 1)));
        Assert.That(kernel.Cases.Select(c => (c.Id, c.Status, c.Reason)), Is.EqualTo(new[]
        {
            ("raw.a", CaseStatus.Pass, (string?)null), ("raw.b", CaseStatus.Pass, null),
        }));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(2));
        var console = Console(".boot-2");
        Assert.That(console, Does.Contain("harness.alone=1").And.Contain("harness.case=raw.a"));
        Assert.That(Console(""), Is.EqualTo("all\n"), "the other boot has its own");
        Assert.That(File.ReadAllText(Path.Combine(_lab.Run, "ktap", "debian-6.1.5.boot-2.ktap")),
            Does.Contain("ok 1 raw.a"));
    }

    [Test]
    public async Task A_kernel_that_dies_of_it_has_answered_and_stays_tested()
    {
        var kernel = await RowAsync(
            "header 1; " + Oops + "say '[    0.910000] Kernel panic - not syncing: Fatal exception'");
        Assert.That((kernel.Status, kernel.AsExpected, kernel.Complaints.Count),
            Is.EqualTo((KernelStatus.Tested, true, 0)));
        var crash = kernel.Cases[0];
        Assert.That((crash.Status, crash.Want, crash.Outcome, crash.Step, crash.Errno, crash.AsExpected),
            Is.EqualTo((CaseStatus.Fail, Outcome.Accept, Outcome.Reject, "crash", (string?)null, false)));
        Assert.That(crash.Reason, Is.EqualTo("the kernel died of it: BUG: kernel NULL pointer dereference, address: 0; "
            + "all that it said is in console/debian-6.1.5.boot-2.log"));
        Assert.That(crash.Evidence, Does.StartWith("[    0.900000] BUG: kernel NULL").And.Contain("bpf_prog_1+0x80")
            .And.Contain("Fatal exception"));
        Assert.That(kernel.Cases[1].Status, Is.EqualTo(CaseStatus.Pass), "the other case has its own answer");
        Assert.That(kernel.Console, Is.EqualTo("console/debian-6.1.5.log"));
        Assert.That(ResultsFile.Read(_lab.Run).Kernels.Single().Cases[0], Is.EqualTo(crash), "results.json has it");
    }

    [Test]
    public async Task What_a_kernel_says_when_it_survives_counts_against_it()
    {
        var kernel = await RowAsync("header 1; say 'WARNING: CPU: 0 PID: 1 at x.c:1 f+0x1/0x2'; a; end 1");
        Assert.That((kernel.Status, kernel.AsExpected), Is.EqualTo((KernelStatus.Tested, false)));
        Assert.That(kernel.Complaints.Single().Case, Is.EqualTo("raw.a"));
        Assert.That(kernel.Console, Is.EqualTo("console/debian-6.1.5.boot-2.log"), "where the complaint stands");
    }

    [Test]
    public async Task A_reset_is_a_crash_as_well()
    {
        var crash = (await RowAsync("header 1; exit 0")).Cases[0];
        Assert.That((crash.Status, crash.Step, crash.Reason), Is.EqualTo((CaseStatus.Fail, "crash",
            "the kernel died of it: reset while probing; all that it said is in console/debian-6.1.5.boot-2.log")));
    }

    [Test]
    public async Task A_kernel_that_hangs_alone_twice_has_answered_too()
    {
        var plan = Plan("header 1; say last words; hang") with { Timeout = RunLab.Short };
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That(kernel.Status, Is.EqualTo(KernelStatus.Tested));
        var crash = kernel.Cases[0];
        Assert.That((crash.Status, crash.Step, crash.Evidence), Is.EqualTo((CaseStatus.Fail, "crash", "last words")));
        Assert.That(crash.Reason, Does.StartWith("the kernel hung: the deadline of 3").And.Contain("boot-3.log"));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task One_that_hangs_once_on_a_busy_host_is_asked_again()
    {
        var plan = Plan("header 1; if mkdir \"$here/once\" 2>/dev/null; then hang; fi; a; end 1")
            with
        { Timeout = RunLab.Short };
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases[0].Status), Is.EqualTo((KernelStatus.Tested, CaseStatus.Pass)));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_failure_on_this_side_is_no_answer_and_never_green()
    {
        var document = await _lab.RunAsync(Plan("complain 'qemu-system-x86_64: no memory'; exit 1"));
        var kernel = document.Kernels.Single();
        Assert.That((kernel.Status, kernel.Reason),
            Is.EqualTo((KernelStatus.InfraError, "qemu-system-x86_64: no memory")));
        Assert.That(kernel.Cases.Select(c => (c.Status, c.AsExpected)),
            Is.EqualTo(new[] { (CaseStatus.Error, false), (CaseStatus.Pass, true) }));
        Assert.That(kernel.Cases[0].Reason,
            Is.EqualTo("it could not be asked in a boot of its own: qemu-system-x86_64: no memory"));
        Assert.That(RunExitCode.Of(document), Is.Not.EqualTo(ExitCodes.AsExpected));
    }

    [Test]
    public async Task A_kernel_that_does_not_boot_again_is_as_any_that_does_not()
    {
        var kernel = await RowAsync("say '[    0.1] Kernel panic - not syncing: no root'");
        Assert.That((kernel.Status, kernel.Cases[0].Status), Is.EqualTo((KernelStatus.BootFailed, CaseStatus.Error)));
    }

    [Test]
    public async Task A_program_that_dies_alone_is_its_own_fault()
    {
        var kernel = await RowAsync("header 1; say 'prober: inner-maps was ended by signal 11'");
        Assert.That((kernel.Status, kernel.Cases[0].Status), Is.EqualTo((KernelStatus.ProbeError, CaseStatus.Error)));
    }

    [Test]
    public async Task A_case_that_wants_to_be_alone_when_it_is_has_no_verdict()
    {
        var kernel = await RowAsync($"header 1; {Wish}; end 1");
        Assert.That((kernel.Cases[0].Status, kernel.Cases[0].AsExpected), Is.EqualTo((CaseStatus.Error, false)));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(2), "it is not asked for ever");
    }

    [Test]
    public async Task A_guest_cannot_have_its_kernel_booted_without_end()
    {
        const int most = 16;
        IReadOnlyList<ProbeCase> cases =
            [.. Enumerable.Range(1, most + 1).Select(i => new ProbeCase($"raw.c{i}", Outcome.Accept, "because"))];
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "say $parameters; if [[ $parameters == *alone=1* ]]; then header 1; "
            + "id=${parameters#*harness.case=}; line \"ok 1 ${id%% *} # want=accept outcome=accept\"; end 1; "
            + $"else header {cases.Count}; for i in {{1..{cases.Count}}}; do "
            + "line \"not ok $i raw.c$i # want=accept outcome=null alone=yes reason=x\"; done; "
            + $"end {cases.Count}; fi"));
        var kernel = (await _lab.RunAsync(plan with { Programs = RunLab.Asking(plan, cases) })).Kernels.Single();
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(most + 1));
        Assert.That(kernel.Cases.Count(c => c.Status == CaseStatus.Pass), Is.EqualTo(most));
        Assert.That(kernel.Cases.Single(c => c.Status == CaseStatus.Error).Reason,
            Is.EqualTo("it could not be asked in a boot of its own: a kernel gets no more than 16 such boots"));
    }

    [Test]
    public async Task Each_repeat_asks_it_alone_and_they_are_compared()
    {
        var plan = Plan("header 1; if (($(wc -l <$here/launched) == 2)); then a; end 1; fi") with { Repeat = 2 };
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(4));
        Assert.That((kernel.Status, kernel.Cases[0].Status), Is.EqualTo((KernelStatus.Tested, CaseStatus.Flaky)));
        Assert.That(kernel.Cases[0].Attempts!.Select(a => (a.Repeat, a.Status, a.Step)),
            Is.EqualTo(new[] { (1, CaseStatus.Pass, (string?)null), (2, CaseStatus.Fail, "crash") }));
    }

    [Test]
    public async Task A_crash_is_foreseen_by_its_step()
    {
        var foreseen = Expect.Case("raw.a", CaseStatus.Fail) with { Step = Probe.CrashStep };
        var document = await _lab.RunAsync(Plan("header 1; " + Oops + "exit 0") with { Expectations = [foreseen] });
        Assert.That(document.Kernels.Single().Cases[0].AsExpected, Is.True);
        Assert.That(RunExitCode.Of(document), Is.EqualTo(ExitCodes.AsExpected));
    }

    /// <summary>A guest that names the step itself is not believed.</summary>
    [Test]
    public async Task Only_the_harness_says_that_a_kernel_crashed()
    {
        var document = await _lab.RunAsync(_lab.Plan(_lab.Kernel(
            "6.1.5", "header; line 'not ok 1 raw.a # want=accept outcome=reject step=crash'; b; end")));
        Assert.That(document.Kernels.Single().Status, Is.EqualTo(KernelStatus.ProbeError));
    }

    private async Task<KernelResult> RowAsync(string alone) => (await _lab.RunAsync(Plan(alone))).Kernels.Single();

    /// <param name="alone">What the guest does that is asked only what may kill its kernel.</param>
    private RunPlan Plan(string alone) => _lab.Plan(_lab.Kernel(
        "6.1.5", $"if [[ $parameters == *harness.alone=1* ]]; then {alone}; else say all; header; {Wish}; b; end; fi"));

    private string Console(string label) =>
        File.ReadAllText(Path.Combine(_lab.Run, "console", $"debian-6.1.5{label}.log"));
}
