using Harness.Kernels;
using Harness.Machines;
using Harness.Probes;
using Harness.Results;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Runs;

public sealed class MachineGuestsTests
{
    private static readonly Machine _other = MachineList.Default with { Name = "pdp11" };

    private RunLab _lab = null!;

    [SetUp]
    public void MakeLab() => _lab = new RunLab();

    [TearDown]
    public void RemoveLab() => _lab.Dispose();

    [Test]
    public async Task Each_machine_has_a_guest_of_its_own_init_and_the_programs_that_are_built_for_it()
    {
        var here = await GuestsAsync(WithOther(), MachineList.Default);
        var there = await GuestsAsync(WithOther(), _other);
        Assert.That(new[] { here, there }.Select(Content), Is.EqualTo(new[]
        {
            ("stands in for the guest's init", "stands in for the prober"),
            ("an init of another machine", "a prober of another machine"),
        }));
        Assert.That((there.Tasks.Single().Cases, there.Tasks.Single().Program.Sha256),
            Is.EqualTo((RunLab.Cases, "of another build")));
    }

    [Test]
    public async Task The_machine_of_a_kernel_decides_with_which_guest_it_is_booted()
    {
        const string TellInitrd = "say \"$initrd\"; whole";
        var plan = WithOther() with { Kernels = [_lab.Kernel("6.1.5", TellInitrd), Of("6.1.6", TellInitrd)] };
        var document = await _lab.RunAsync(plan);
        Assert.That(document.Kernels.Select(k => k.Status), Has.All.EqualTo(KernelStatus.Tested));
        var booted = document.Kernels.Select(k => File.ReadAllText(Path.Combine(_lab.Run, k.Console!)).Trim()).ToList();
        Assert.That(booted, Is.EqualTo(new[]
        {
            ImageOf(await GuestsAsync(plan, MachineList.Default)),
            ImageOf(await GuestsAsync(plan, _other)),
        }));
        Assert.That(_lab.Events.OfType<RunEvent.AcceleratorChosen>().Count(), Is.EqualTo(2), "once for each machine");
    }

    [Test]
    public async Task What_cannot_be_built_for_a_machine_costs_its_own_rows_only()
    {
        var plan = _lab.Plan(_lab.Kernel("6.1.5", "whole"), Of("6.1.6", "whole"), Of("6.1.7", "whole")) with
        {
            ForMachine = (machine, _) => throw new ProgramException($"/nowhere: not built for {machine.Name}"),
        };
        await File.WriteAllTextAsync(_lab.InitOf(_other), "an init of another machine");
        var document = await _lab.RunAsync(plan);
        const string Reason = "there is no guest for pdp11: /nowhere: not built for pdp11";
        Assert.That(document.Kernels.Select(k => (k.Version, k.Status, k.Attempts, k.Reason)), Is.EqualTo(new[]
        {
            ("6.1.5", KernelStatus.Tested, 1, null),
            ("6.1.6", KernelStatus.InfraError, 0, Reason),
            ("6.1.7", KernelStatus.InfraError, 0, Reason),
        }));
        Assert.That(RunExitCode.Of(document), Is.EqualTo(ExitCodes.NotTestable));
    }

    [Test]
    public async Task A_machine_without_an_init_or_a_build_of_a_program_has_no_guest()
    {
        var withoutInit = await GuestsAsync(WithOther(), _other with { Name = "vax" });
        var withoutBuild = await GuestsAsync(WithOther() with { ForMachine = null }, _other);
        Assert.That(withoutInit.Problem, Does.StartWith("there is no guest for vax: ").And.Contains("init-vax"));
        Assert.That(withoutBuild.Problem, Is.EqualTo("there is no guest for pdp11: inner-maps is not built for it"));
    }

    private RunPlan WithOther()
    {
        File.WriteAllText(_lab.InitOf(_other), "an init of another machine");
        File.WriteAllText(_lab["prober-pdp11"], "a prober of another machine");
        var plan = _lab.Plan();
        return plan with
        {
            ForMachine = (_, _) => Task.FromResult<IReadOnlyList<NativeProgram>>(
            [
                plan.Programs[0].Program with { Path = _lab["prober-pdp11"], Sha256 = "of another build" },
            ]),
        };
    }

    private PlannedKernel Of(string version, string guest)
    {
        var kernel = _lab.Kernel(version, guest).Kernel;
        return new(kernel with { Arch = _other.Name, KnownMachine = _other });
    }

    private Task<MachineGuests> GuestsAsync(RunPlan plan, Machine machine) =>
        new GuestImages(plan, _lab.Environment).OfAsync(machine, CancellationToken.None);

    private static string ImageOf(MachineGuests guests) => guests.Image(guests.Tasks);

    private static (string Init, string Program) Content(MachineGuests guests)
    {
        var entries = CpioReader.Read(File.ReadAllBytes(ImageOf(guests))).ToDictionary(e => e.Name);
        return (Text(entries["init"]), Text(entries[$"probes/{guests.Tasks.Single().Program.Probe}"]));

        static string Text(CpioEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Content);
    }
}
