using Harness.Analysis;
using Harness.Kernels;
using Harness.Machines;
using Harness.Probes.InnerMaps;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;
using Harness.Vm;

namespace Harness.Tests.Runs;

public sealed class RunEngineTests
{
    private RunLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new RunLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task Every_ending_lands_in_its_row_and_the_others_go_on()
    {
        var plan = _lab.Plan(
            _lab.Kernel("5.1", "whole; hang"),
            _lab.Kernel("5.2", "whole; say 'reboot: Power down'"),
            _lab.Kernel("5.3", "say 'Kernel panic - not syncing: no root'"),
            _lab.Kernel("5.4", "header; a; say 'BUG: kernel NULL pointer dereference'"),
            _lab.Kernel("5.5", "header; a; b; say 'reboot: Power down'"),
            _lab.Kernel("5.6", "complain 'qemu-system-x86_64: no memory'; exit 1"),
            RunLab.Of("5.7", new FixedSource(new ImageResult.Unavailable("a text file"))),
            RunLab.Of("5.8", new FixedSource(new ImageResult.Failed("no space left"))),
            _lab.Kernel("5.9", "whole"));
        var document = await _lab.RunAsync(plan);
        Assert.That(document.Kernels.Select(k => (k.Version, k.Status, k.Cases.Count)), Is.EqualTo(new[]
        {
            ("5.1", KernelStatus.Tested, 2),
            ("5.2", KernelStatus.Tested, 2),
            ("5.3", KernelStatus.BootFailed, 0),
            ("5.4", KernelStatus.Crashed, 1),
            ("5.5", KernelStatus.ProbeError, 2),
            ("5.6", KernelStatus.InfraError, 0),
            ("5.7", KernelStatus.Unavailable, 0),
            ("5.8", KernelStatus.InfraError, 0),
            ("5.9", KernelStatus.Tested, 2),
        }));
        Assert.That(document.Run.Complete);
        Assert.That(ResultsFile.Read(_lab.Run).Kernels, Has.Count.EqualTo(9));
    }

    [Test]
    public async Task A_guest_that_floods_this_machine_is_a_row_of_its_own_and_the_others_go_on()
    {
        const string Flood = "header; a; head -c 20000000 /dev/zero >>\"$console\"; hang";
        var document = await _lab.RunAsync(_lab.Plan(_lab.Kernel("5.1", Flood), _lab.Kernel("5.2", "whole")));
        Assert.That(document.Kernels.Select(k => (k.Version, k.Status, k.Attempts, k.Reason)), Is.EqualTo(new[]
        {
            ("5.1", KernelStatus.ProbeError, 1, "the guest wrote more than 16384 KiB to its console, and was ended"),
            ("5.2", KernelStatus.Tested, 1, (string?)null),
        }));
        Assert.That(document.Kernels[0].Cases.Select(c => c.Id), Is.EqualTo(new[] { "raw.a" }), "it came before");
    }

    [Test]
    public async Task A_row_says_all_that_is_known_of_its_kernel()
    {
        var kernel =
            (await _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", "say booting; whole", byName: true)))).Kernels.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((kernel.Id, kernel.Release, kernel.Version, kernel.Arch, kernel.Source, kernel.Sha256),
                Is.EqualTo(("debian-6.1.5", "6.1.0-fake", "6.1.5", "x86_64", "fake 6.1.5", Samples.Sha256)));
            Assert.That((kernel.AsExpected, kernel.ByName, kernel.Reason, kernel.Attempts),
                Is.EqualTo((true, true, (string?)null, 1)));
            Assert.That(File.ReadAllText(Path.Combine(_lab.Run, kernel.Console!)), Is.EqualTo("booting\n"));
            Assert.That(File.ReadAllText(Path.Combine(_lab.Run, "ktap", "debian-6.1.5.ktap")),
                Does.StartWith("KTAP version 1\n").And.Contain("\n# end "));
            Assert.That(kernel.Cases.Select(c => (c.Id, c.Status, c.Errno)),
                Is.EqualTo(new[] { ("raw.a", CaseStatus.Pass, null), ("raw.b", CaseStatus.Pass, "EINVAL") }));
        }
    }

    [Test]
    public async Task A_row_says_what_its_kernel_was_built_from_and_when_it_was_booted()
    {
        var planned = _lab.Kernel("6.1.5", "say booting; sleep 0.2; whole; sleep 0.1");
        var image = (ImageResult.Available)await planned.Kernel.Source.AcquireAsync(new Progress<long>(), default);
        var checkout = new KernelCheckout("linux", "master", null, null, null);
        var source = new FixedSource(image with { BuildTime = TimeSpan.FromSeconds(3) });
        var before = DateTimeOffset.UtcNow;
        var document = await _lab.RunAsync(
            _lab.Plan(planned with { Kernel = planned.Kernel with { Source = source, Checkout = checkout } }));
        var kernel = document.Kernels.Single();
        Assert.That((kernel.Checkout, kernel.BuildSeconds), Is.EqualTo((checkout, 3.0)));
        Assert.That(kernel.StartedAt, Is.InRange(before, DateTimeOffset.UtcNow));
        Assert.That(kernel.BootSeconds, Is.InRange(0.2, kernel.Seconds - kernel.ProbeSeconds!.Value));
        var row = ResultsFile.Read(_lab.Run).Kernels.Single();
        Assert.That((row.Checkout, row.BootSeconds), Is.EqualTo((checkout, Math.Round(kernel.BootSeconds!.Value, 3))));
    }

    [Test]
    public async Task Each_case_has_its_start_and_its_duration_in_the_document_and_the_file_but_not_while_it_runs()
    {
        const string Timed =
            "sleep 0.1; header; line 'ok 1 raw.b # want=reject outcome=reject step=update errno=EINVAL us=700+612'; "
                + "line 'ok 2 raw.a # want=accept outcome=accept us=1500700+20'; end";
        var plan = _lab.Plan(_lab.Kernel("6.1.5", Timed), _lab.Kernel("6.1.6", "whole")) with { Shuffle = 1 };
        var document = await _lab.RunAsync(plan);
        foreach (var kernels in new[] { document.Kernels, ResultsFile.Read(_lab.Run).Kernels })
        {
            var (timed, other) = (kernels[0], kernels[1]);
            Assert.That(timed.Cases.Select(c => c.Id), Is.EqualTo(new[] { "raw.a", "raw.b" }));
            Assert.That(timed.CaseSeconds, Is.EqualTo(new[] { 0.00002, 0.000612 }));
            Assert.That(timed.CaseStarts![1], Is.EqualTo(timed.BootSeconds).Within(0.002), "as soon as it could be");
            Assert.That(timed.CaseStarts[0] - timed.CaseStarts[1], Is.EqualTo(1.5).Within(0.002));
            Assert.That((other.CaseStarts, other.CaseSeconds), Is.EqualTo(((object?)null, (object?)null)));
        }
        Assert.That(_lab.Events.OfType<RunEvent.Finished>().Select(e => e.Result.CaseSeconds), Is.All.Null);
    }

    [Test]
    public async Task Only_what_is_to_be_kept_stays_in_the_run_directory()
    {
        await _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", "touch \"$TMPDIR/left\" left-too; whole")));
        var left = Directory.GetFiles(_lab.Run, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_lab.Run, f));
        Assert.That(left,
            Is.EquivalentTo(
                new[] { "journal.jsonl", "results.json", "console/debian-6.1.5.log", "ktap/debian-6.1.5.ktap" }));
    }

    [Test]
    public async Task A_report_of_other_cases_than_those_asked_for_is_no_test()
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "header 1; a; end 1"),
            _lab.Kernel("6.1.6",
                "header; line 'ok 1 raw.b # want=accept outcome=accept'; line 'ok 2 raw.a # want=accept "
                    + "outcome=accept'; end"));
        var document = await _lab.RunAsync(plan);
        Assert.That(document.Kernels.Select(k => (k.Status, k.Reason)),
            Has.All.EqualTo((KernelStatus.ProbeError, "the report has other cases than the 2 asked for")));
    }

    [Test]
    public async Task A_kernel_that_complains_is_not_as_expected_unless_that_is_foreseen()
    {
        const string Guest =
            "say '[ 1.3] init: the probes start'; header; a; say '[ 2.5] WARNING: CPU: 0 at x'; b; end";
        var kernel = (await _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", Guest)))).Kernels.Single();
        Assert.That((kernel.Status, kernel.AsExpected), Is.EqualTo((KernelStatus.Tested, false)));
        Assert.That(kernel.Complaints,
            Is.EqualTo(new[] { new Complaint(ComplaintKind.Warning, "WARNING: CPU: 0 at x", 2, null) }));
        Directory.Delete(_lab.Run, recursive: true);
        var plan = _lab.Plan(_lab.Kernel("6.1.5", Guest)) with { Expectations = [Expect.Complaint("WARNING: * at x")] };
        Assert.That((await _lab.RunAsync(plan)).Kernels.Single().AsExpected);
    }

    [Test]
    public async Task A_panic_right_after_the_report_is_a_crash()
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "whole; sleep 0.3; say 'Kernel panic - not syncing: late'"));
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((kernel.Status, kernel.Cases.Count), Is.EqualTo((KernelStatus.Crashed, 2)));
        Assert.That(kernel.Reason, Does.StartWith("Kernel panic - not syncing: late (2 of 2 cases done"));
    }

    [Test]
    public async Task A_boot_that_fails_on_this_side_is_repeated_and_its_evidence_is_kept()
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "if mkdir \"$here/once\" 2>/dev/null; then header; a; say first; "
            + "complain 'virtme-run: no memory'; exit 1; else say second; whole; fi"));
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts, kernel.Cases.Count), Is.EqualTo((KernelStatus.Tested, 2, 2)));
        Assert.That(File.ReadAllText(Path.Combine(_lab.Run, "console", "debian-6.1.5.attempt-1.log")),
            Is.EqualTo("first\n"));
        Assert.That(File.ReadAllText(Path.Combine(_lab.Run, "console", "debian-6.1.5.log")), Is.EqualTo("second\n"));
        Assert.That(File.ReadAllLines(Path.Combine(_lab.Run, "ktap", "debian-6.1.5.attempt-1.ktap")),
            Has.Length.EqualTo(4));
    }

    [Test]
    public async Task A_failure_on_this_side_says_nothing_against_the_shorter_way()
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "if [[ -e $here/once ]]; then whole; else touch \"$here/once\"; "
            + "header; a; complain 'virtme-run: no memory'; exit 1; fi"));
        var first = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((first.Status, first.Attempts, first.BootedPlain), Is.EqualTo((KernelStatus.Tested, 2, false)));
        Assert.That(PlainImages.Read(_lab["cache"], InnerMapsProbe.Instance.DoesWithout.ToHashSet())
            .Contains(Samples.Sha256, MachineList.Default, Accelerator.Tcg), Is.False);
    }

    [Test]
    public async Task A_kernel_that_hangs_is_a_timeout_and_keeps_what_it_measured()
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "say here; hang"),
            _lab.Kernel("6.1.6", "header; a; hang")) with
        { Timeout = RunLab.Short };
        var document = await _lab.RunAsync(plan);
        Assert.That(document.Kernels.Select(k => (k.Status, k.Attempts, k.Cases.Count)), Is.EqualTo(new[]
        {
            (KernelStatus.BootTimeout, 2, 0),
            (KernelStatus.ProbeTimeout, 1, 1),
        }));
        Assert.That(document.Run.TimeoutSeconds, Is.EqualTo(RunLab.Short.TotalSeconds));
    }

    [Test]
    public async Task A_kernel_that_answered_with_a_panic_has_answered()
    {
        var document =
            await _lab.RunAsync(
                _lab.Plan(_lab.Kernel("6.1.5", "say 'Kernel panic - not syncing: no root'")) with { Plain = true });
        Assert.That((document.Kernels.Single().Attempts, _lab.Launcher.Launched.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_panic_counts_only_without_the_parameters_that_save_time()
    {
        var panics = _lab.Kernel("6.1.5", "say 'Kernel panic - not syncing: no root'");
        var needsAcpi = _lab.Kernel("6.6.1",
            "if [[ $parameters == *acpi=off* ]]; then say 'Kernel panic - not syncing: no ACPI'; else whole; fi");
        var document = await _lab.RunAsync(_lab.Plan(panics, needsAcpi));
        Assert.That(document.Kernels.Select(k => (k.Status, k.Attempts)),
            Is.EqualTo(new[] { (KernelStatus.BootFailed, 2), (KernelStatus.Tested, 2) }));
    }

    [Test]
    public async Task The_shorter_way_is_tried_once_for_each_image()
    {
        var needsAcpi = _lab.Kernel("6.6.1",
            "if [[ $parameters == *acpi=off* ]]; then say 'Kernel panic - not syncing: no ACPI'; else whole; fi");
        var first = await _lab.RunAsync(_lab.Plan(needsAcpi));
        var again = await _lab.RunAsync(_lab.Plan(needsAcpi) with { Directory = _lab["again"] });
        Assert.That(new[] { first, again }.Select(d => d.Kernels.Single())
            .Select(k => (k.Status, k.Attempts, k.BootedPlain)),
            Is.EqualTo(new[] { (KernelStatus.Tested, 2, true), (KernelStatus.Tested, 1, true) }));
        Assert.That(_lab.Launcher.Launched, Has.Count.EqualTo(3));
        Assert.That(WrittenReport.Markdown(again), Does.Contain($"`debian-6.6.1`: {Words.BootedPlain}"));
    }

    [Test]
    public async Task An_unpacked_kernel_that_QEMU_does_not_take_is_dropped_and_nothing_is_remembered_of_the_image()
    {
        await BootsOnlyAsShippedAsync("complain 'qemu-system-x86_64: Error while loading elf kernel'; exit 1");
        Assert.That(_lab["cache", "vmlinux", Samples.Sha256], Does.Not.Exist);
        Assert.That(PlainImages.Read(_lab["cache"], InnerMapsProbe.Instance.DoesWithout.ToHashSet())
            .Contains(Samples.Sha256, MachineList.Default, Accelerator.Tcg), Is.False);
        Assert.That(Path.Combine(_lab.Run, "console", "debian-6.1.5.launcher.log"), Does.Not.Exist,
            "it belongs to the first attempt");
    }

    [Test]
    public async Task A_boot_that_fails_the_short_way_at_the_second_attempt_is_tried_as_it_was_shipped_all_the_same()
    {
        var failsThenPanics = _lab.Kernel("6.1.5",
            "if mkdir \"$here/once\" 2>/dev/null; then complain 'qemu-system-x86_64: no memory'; exit 1; "
                + "elif [[ $parameters == *acpi=off* ]]; then say 'Kernel panic - not syncing: no ACPI'; "
                + "else whole; fi");
        var kernel = (await _lab.RunAsync(_lab.Plan(failsThenPanics))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts, kernel.BootedPlain), Is.EqualTo((KernelStatus.Tested, 3, true)));
    }

    [Test]
    public async Task A_kernel_that_does_not_boot_unpacked_is_tried_as_it_was_shipped()
    {
        await BootsOnlyAsShippedAsync("say 'Kernel panic - not syncing: PVH'");
        Assert.That(_lab.Launcher.Launched, Is.EqualTo(new[] { $"{Samples.Sha256} tcg", "6.1.5 tcg" }));
    }

    [Test]
    public async Task A_row_says_that_the_harness_unpacked_the_kernel_and_a_plain_boot_is_one_of_the_image()
    {
        _lab.Unpacked("whole");
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "say 'Kernel panic - not syncing: the image is damaged'"));
        var lean = await _lab.RunAsync(plan);
        Assert.That(lean.Kernels.Select(k => (k.Status, k.BootedUnpacked)),
            Is.EqualTo(new[] { (KernelStatus.Tested, true) }));
        Assert.That(WrittenReport.Markdown(lean), Does.Contain($"1 kernel{Words.BootedUnpacked}"));
        var plain = await _lab.RunAsync(plan with { Plain = true, Directory = _lab["plain"] });
        Assert.That(plain.Kernels.Select(k => (k.Status, k.BootedUnpacked)),
            Is.EqualTo(new[] { (KernelStatus.BootFailed, false) }));
        Assert.That(WrittenReport.Markdown(plain), Does.Not.Contain(Words.BootedUnpacked));
    }

    /// <param name="unpacked">What the guest of the unpacked kernel does; its image's brings a whole report.</param>
    private async Task BootsOnlyAsShippedAsync(string unpacked)
    {
        var image = _lab.Kernel("6.1.5", "whole");
        _lab.Unpacked(unpacked);
        var kernel = (await _lab.RunAsync(_lab.Plan(image))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts), Is.EqualTo((KernelStatus.Tested, 2)));
    }

    [Test]
    public async Task Without_the_launcher_every_kernel_is_our_failure()
    {
        var document =
            await _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", "whole")), new VirtualMachine(_lab["no-such-program"]));
        var kernel = document.Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts), Is.EqualTo((KernelStatus.InfraError, 3)));
        Assert.That(kernel.Reason, Does.Contain("no-such-program is not installed"));
    }

    [Test]
    public async Task A_run_directory_that_cannot_be_written_is_our_failure()
    {
        Directory.CreateDirectory(_lab.Run);
        await File.WriteAllTextAsync(Path.Combine(_lab.Run, "console"), "a file where a directory must be");
        var kernel = (await _lab.RunAsync(_lab.Plan(_lab.Kernel("6.1.5", "whole")))).Kernels.Single();
        Assert.That((kernel.Status, kernel.Attempts, kernel.Console),
            Is.EqualTo((KernelStatus.InfraError, 3, (string?)null)));
        Assert.That(kernel.Reason, Does.Contain("console"));
    }

    [Test]
    public async Task Expectations_decide_what_counts()
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "header; a; b; end"),
            _lab.Kernel("6.2", "say 'Kernel panic - not syncing: known'")) with
        {
            Expectations = [Expect.Case("raw.a", CaseStatus.Fail, versions: "6.1"),
                Expect.Kernel(KernelStatus.BootFailed, versions: "6.2")],
        };
        var document = await _lab.RunAsync(plan);
        Assert.That(document.Kernels[0].Cases.Select(c => c.AsExpected), Is.EqualTo(new[] { false, true }));
        Assert.That(document.Kernels[1].AsExpected);
        Assert.That(RunExitCode.Of(document), Is.EqualTo(ExitCodes.Unexpected));
    }

    [Test]
    public async Task A_kernel_of_unknown_version_is_placed_by_what_it_says_of_itself()
    {
        var source =
            new FixedSource(
                new ImageResult.Available(new BootImage(_lab.Launcher.Image("mine", "whole"), Samples.Sha256),
                    FromCache: true));
        var plan = _lab.Plan(
            new PlannedKernel(new Kernel("mine", null, "x86_64", "image", source))) with
        {
            Expectations =
                [Expect.Case("raw.a", CaseStatus.Skip, versions: "6.1")]
        };
        var kernel = (await _lab.RunAsync(plan)).Kernels.Single();
        Assert.That((kernel.Version, kernel.Cases[0].Expected), Is.EqualTo(("6.1", CaseStatus.Skip)));
    }
}
