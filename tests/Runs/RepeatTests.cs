using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

/// <summary><c>--repeat</c>: a kernel is booted several times, and what its boots do not agree on is flaky.</summary>
public sealed class RepeatTests
{
    private const string Boot = "boot=$(wc -l <$here/launched); ";
    private const string RefusedA =
        "line 'not ok 1 raw.a # want=accept outcome=reject step=update errno=EINVAL reason=no'";

    private RunLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new RunLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task Repeats_that_agree_are_one_result()
    {
        var document = await RunAsync(3, $"say boot $(wc -l <$here/launched); whole");
        var kernel = document.Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts, document.Run.Repeat), Is.EqualTo((KernelStatus.Tested, 1, 3)));
        Assert.That(kernel.Cases.Select(c => (c.Id, c.Status, c.Attempts)),
            Is.EqualTo(new[] { ("raw.a", CaseStatus.Pass, (IReadOnlyList<CaseAttempt>?)null),
                ("raw.b", CaseStatus.Pass, null) }));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(3));
        Assert.That(_lab.Events.OfType<RunEvent.Booting>().Select(e => e.Repeat), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(Console(""), Is.EqualTo("boot 1\n"));
        Assert.That(Console(".repeat-2"), Is.EqualTo("boot 2\n"));
        Assert.That(Console(".repeat-3"), Is.EqualTo("boot 3\n"));
        Assert.That(Path.Combine(_lab.Run, "ktap", "debian-6.1.5.repeat-3.ktap"), Does.Exist);
    }

    [Test]
    public async Task A_case_that_the_repeats_do_not_agree_on_is_flaky_and_keeps_each_answer()
    {
        var document = await RunAsync(3, Boot + $"header; if ((boot == 2)); then {RefusedA}; else a; fi; b; end");
        var (flaky, steady) = (document.Kernels.Single().Cases[0], document.Kernels.Single().Cases[1]);
        Assert.That((flaky.Status, flaky.Outcome, flaky.Step, flaky.Errno, flaky.AsExpected),
            Is.EqualTo((CaseStatus.Flaky, (Outcome?)null, (string?)null, (string?)null, false)));
        Assert.That(flaky.Attempts, Is.EqualTo(new CaseAttempt[]
        {
            new(1, CaseStatus.Pass, Outcome.Accept, null, null, null),
            new(2, CaseStatus.Fail, Outcome.Reject, "update", "EINVAL", "no"),
            new(3, CaseStatus.Pass, Outcome.Accept, null, null, null),
        }));
        Assert.That((steady.Status, steady.Attempts), Is.EqualTo((CaseStatus.Pass, (IReadOnlyList<CaseAttempt>?)null)));
        Assert.That(document.Ranges[0].Segments.Single().Status, Is.EqualTo(CaseStatus.Flaky));
        Assert.That(RunExitCode.Of(document), Is.EqualTo(ExitCodes.Unexpected));
        Assert.That(ResultsFile.Read(_lab.Run).Kernels.Single().Cases[0].Attempts, Is.EqualTo(flaky.Attempts),
            "results.json has them");
        Assert.That(Journal.Read(_lab.Run).Kernels.Single().Cases[0].Attempts, Is.EqualTo(flaky.Attempts),
            "and so has the journal");
    }

    [Test]
    public async Task Another_errno_alone_is_flaky()
    {
        var document = await RunAsync(2,
            Boot + "header; a; line \"ok 2 raw.b # want=reject outcome=reject step=update errno=52$boot\"; end");
        Assert.That(document.Kernels.Single().Cases[1].Attempts!.Select(a => (a.Status, a.Errno)),
            Is.EqualTo(new[] { (CaseStatus.Pass, "521"), (CaseStatus.Pass, "522") }));
    }

    [Test]
    public async Task A_foreseen_flakiness_is_as_expected()
    {
        var plan = Plan(2,
            Boot + $"header; if ((boot == 2)); then {RefusedA}; else a; fi; b; end") with
        {
            Expectations =
                [Expect.Case("raw.a", CaseStatus.Flaky)]
        };
        var document = await _lab.RunAsync(plan);
        Assert.That(document.Kernels.Single().Cases[0],
            Has.Property("AsExpected").True.And.Property("Cause").EqualTo("raw.a is foreseen"));
        Assert.That(RunExitCode.Of(document), Is.EqualTo(ExitCodes.AsExpected));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task The_worst_repeat_decides_the_status_and_nothing_measured_is_lost(int crashing)
    {
        var kernel =
            (await RunAsync(3, Boot + $"header; a; if ((boot == {crashing})); then say 'BUG: kernel NULL pointer "
                + "dereference'; else b; end; fi")).Kernels.Single();
        Assert.That((kernel.Status, kernel.AsExpected), Is.EqualTo((KernelStatus.Crashed, false)));
        Assert.That(kernel.Reason, Does.StartWith($"in repeat {crashing}: BUG: kernel NULL pointer dereference"));
        Assert.That(kernel.Cases.Select(c => (c.Id, c.Status)),
            Is.EqualTo(new[] { ("raw.a", CaseStatus.Pass), ("raw.b", CaseStatus.Pass) }));
        Assert.That(kernel.Console,
            Is.EqualTo($"console/debian-6.1.5{(crashing == 1 ? "" : $".repeat-{crashing}")}.log"));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_repeat_that_does_not_boot_is_no_reason_to_stop()
    {
        const string Script = "if ((boot < 3)); then say 'Kernel panic - not syncing: no root'; else whole; fi";
        var kernel = (await RunAsync(3, Boot + Script)).Kernels.Single();
        Assert.That((kernel.Status, kernel.Reason, kernel.Cases.Count, kernel.Release),
            Is.EqualTo((KernelStatus.BootFailed, "in repeat 1: Kernel panic - not syncing: no root", 2, "6.1.0-fake")));
    }

    [Test]
    public async Task A_repeat_gets_a_second_chance_of_its_own()
    {
        var plan = Plan(2,
            Boot + "if ((boot == 2)); then say busy; hang; fi; whole") with
        { Timeout = RunLab.Short };
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts), Is.EqualTo((KernelStatus.Tested, 2)));
        Assert.That(Console(".repeat-2.attempt-1"), Is.EqualTo("busy\n"));
    }

    [Test]
    public async Task Every_prober_is_repeated()
    {
        const string Id = "libbpf.a.libbpf-1-5";
        var further = new NativeProgram("inner-maps", _lab["further"], "5a5a", [new(Id, Outcome.Accept, "")])
        {
            Label =
            "libbpf-1-5",
            Description = "libbpf-1-5",
            Facts = new Dictionary<string, string> { ["libbpf"] = "1.5" }
        };
        await File.WriteAllTextAsync(further.Path, "stands in for another prober");
        var plan = Plan(2,
            Boot
                + $"probe=inner-maps; whole; probe=inner-maps.libbpf-1-5; header 1; line \"not ok 1 {Id} # want=accept "
                + "outcome=reject step=object_load errno=$( ((boot == 1)) && echo EINVAL || echo EPERM)\"; end 1");
        plan = plan with { Programs = [.. plan.Programs, new ProgramTask(further, further.Cases)] };
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That(kernel.Cases.Select(c => (c.Id, c.Status)),
            Is.EqualTo(new[] { (Id, CaseStatus.Flaky), ("raw.a", CaseStatus.Pass), ("raw.b", CaseStatus.Pass) }));
        Assert.That(Directory.GetFiles(Path.Combine(_lab.Run, "ktap")).Select(Path.GetFileName), Is.EquivalentTo(new[]
        {
            "debian-6.1.5.ktap", "debian-6.1.5.repeat-2.ktap",
        }));
    }

    private string Console(string boot) =>
        File.ReadAllText(Path.Combine(_lab.Run, "console", $"debian-6.1.5{boot}.log"));

    private RunPlan Plan(int repeat, string guest) => _lab.Plan(_lab.Kernel("6.1.5", guest)) with { Repeat = repeat };

    private Task<RunDocument> RunAsync(int repeat, string guest) => _lab.RunAsync(Plan(repeat, guest));
}
