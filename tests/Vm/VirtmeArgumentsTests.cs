using Harness.Machines;
using Harness.Probes.InnerMaps;
using Harness.Vm;

namespace Harness.Tests.Vm;

public sealed class VirtmeArgumentsTests
{
    private const string LeftOut = "initcall_blacklist=ftrace_check_for_weak_functions,trace_eval_init,"
        + "tracer_init_tracefs,jent_mod_init,load_system_certificate_list,"
        + "param_sysfs_builtin_init,scx_init,init_msg_buckets,ext4_init_fs,journal_init";

    private static readonly VmSpec _spec = new(
        MachineList.Default,
        Image: "/cache/vmlinuz",
        Initramfs: "/cache/guest.cpio",
        ConsoleFile: "/run/console/k.log",
        ChannelFile: "/run/ktap/k.ktap",
        WorkDirectory: "/run/tmp/k",
        Accelerator: Accelerator.Tcg,
        Nonce: "feed",
        CaseGlobs: [],
        Deadline: TimeSpan.FromSeconds(90))
    {
        DoesWithout = InnerMapsProbe.Instance.DoesWithout.ToHashSet(),
    };

    /// <summary>The longest ids have some 80 characters, and a case may be asked in a boot of its own.</summary>
    [TestCaseSource(typeof(MachineList), nameof(MachineList.All))]
    public void The_command_line_of_each_machine_holds_a_case(Machine machine) =>
        Assert.That(VirtmeArguments.RoomForCases(machine), Is.GreaterThan(120));

    [Test]
    public void The_command_line_of_the_first_machine_holds_many_patterns() =>
        Assert.That(VirtmeArguments.RoomForCases(X86_64.Machine), Is.GreaterThanOrEqualTo(900));

    [Test]
    public void The_command_line_fits() =>
        Assert.That(string.Join(' ', VirtmeArguments.CommandLine(_spec)), Has.Length.LessThan(680));

    [Test]
    public void Under_emulation() => Assert.That(VirtmeArguments.Build(_spec), Is.EqualTo(new[]
    {
        "--kimg", "/cache/vmlinuz",
        "--arch", "x86_64",
        "--mods", "none",
        "--root", "/run/tmp/k/root",
        "--force-9p",
        "--disable-microvm",
        "--disable-kvm",
        "--memory", "384M",
        "--cpus", "1",
        "--kopt", "console=ttyS2",
        "--kopt", "loglevel=4",
        "--kopt", "printk.time=1",
        "--kopt", "panic=-1",
        "--kopt", "oops=panic",
        "--kopt", "nokaslr",
        "--kopt", "rcupdate.rcu_expedited=1",
        "--kopt", "tsc=reliable",
        "--kopt", "no_timer_check",
        "--kopt", "random.trust_cpu=on",
        "--kopt", "cryptomgr.notests",
        "--kopt", LeftOut,
        "--kopt", "acpi=off",
        "--kopt", "pci=off",
        "--kopt", "nolapic",
        "--kopt", "rodata=off",
        "--kopt", "noreplace-smp",
        "--kopt", "harness.channel=ttyS3",
        "--kopt", "harness.port=0xe9",
        "--kopt", "harness.nonce=feed",
        "--qemu-opts", "-harness",
        "-nodefaults", "-no-user-config",
        "-display", "none",
        "-machine", "q35,accel=tcg",
        "-cpu", "qemu64,+rdrand",
        "-no-reboot",
        "-initrd", "/proc/self/fd/4",
        "-add-fd", "fd=5,set=5",
        "-chardev", "file,id=harness-console,path=/dev/fdset/5,append=on",
        "-device", "isa-serial,chardev=harness-console,index=2",
        "-add-fd", "fd=6,set=6",
        "-chardev", "file,id=harness-channel,path=/dev/fdset/6,append=on,mux=on",
        "-device", "isa-serial,chardev=harness-channel,index=3",
        "-device", "isa-debugcon,chardev=harness-channel,iobase=0xe9",
        "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
    }));

    [Test]
    public void Under_KVM() => Assert.That(
        VirtmeArguments.Build(_spec with { Accelerator = Accelerator.Kvm, MemoryMiB = 512 }), Is.EqualTo(new[]
    {
        "--kimg", "/cache/vmlinuz",
        "--arch", "x86_64",
        "--mods", "none",
        "--root", "/run/tmp/k/root",
        "--force-9p",
        "--disable-microvm",
        "--memory", "512M",
        "--cpus", "1",
        "--kopt", "console=ttyS2",
        "--kopt", "loglevel=4",
        "--kopt", "printk.time=1",
        "--kopt", "panic=-1",
        "--kopt", "oops=panic",
        "--kopt", "nokaslr",
        "--kopt", "rcupdate.rcu_expedited=1",
        "--kopt", "random.trust_cpu=on",
        "--kopt", "cryptomgr.notests",
        "--kopt", LeftOut,
        "--kopt", "harness.channel=ttyS3",
        "--kopt", "harness.port=0xe9",
        "--kopt", "harness.nonce=feed",
        "--qemu-opts", "-harness",
        "-nodefaults", "-no-user-config",
        "-display", "none",
        "-machine", "q35,accel=kvm",
        "-cpu", "host",
        "-no-reboot",
        "-initrd", "/proc/self/fd/4",
        "-add-fd", "fd=5,set=5",
        "-chardev", "file,id=harness-console,path=/dev/fdset/5,append=on",
        "-device", "isa-serial,chardev=harness-console,index=2",
        "-add-fd", "fd=6,set=6",
        "-chardev", "file,id=harness-channel,path=/dev/fdset/6,append=on,mux=on",
        "-device", "isa-serial,chardev=harness-channel,index=3",
        "-device", "isa-debugcon,chardev=harness-channel,iobase=0xe9",
        "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
    }));

    [Test]
    public void A_plain_boot_gives_the_kernel_its_ACPI_tables_and_self_tests() =>
        Assert.That(VirtmeArguments.CommandLine(_spec with { Lean = false }),
            Is.EqualTo(VirtmeArguments.CommandLine(_spec).Except([
                "random.trust_cpu=on", "cryptomgr.notests", LeftOut, "acpi=off", "pci=off", "nolapic", "rodata=off",
                "noreplace-smp", "harness.port=0xe9",
            ])));

    [Test]
    public void A_plain_boot_reports_through_the_serial_port_alone()
    {
        var arguments = VirtmeArguments.Build(_spec with { Lean = false });
        Assert.That(arguments,
            Does.Contain("file,id=harness-channel,path=/dev/fdset/6,append=on").And.None.StartsWith("isa-debugcon"));
        Assert.That(Cpu(_spec with { Lean = false }), Is.EqualTo("qemu64"));
    }

    [TestCase("6.12.95", "qemu64,-cx16,+rdrand")]
    [TestCase("6.1.192", "qemu64,+rdrand")]
    [TestCase("7.3.4", "qemu64,+rdrand")]
    public void Only_6_12_is_kept_from_an_instruction_that_is_emulated_wrongly(string version, string cpu)
    {
        var spec = _spec with { Version = KernelVersion.Parse(version) };
        Assert.That(Cpu(spec), Is.EqualTo(cpu));
        Assert.That(Cpu(spec with { Accelerator = Accelerator.Kvm }), Is.EqualTo("host"));
    }

    [Test]
    public void Selected_cases_go_to_the_prober_as_one_parameter() =>
        Assert.That(VirtmeArguments.CommandLine(_spec with { CaseGlobs = ["raw.*.struct.none", "libbpf.*"] }),
            Does.Contain("harness.case=raw.*.struct.none,libbpf.*"));

    [Test]
    public void A_shuffled_order_is_asked_for_by_its_seed()
    {
        Assert.That(VirtmeArguments.CommandLine(_spec with { Shuffle = 42 }), Does.Contain("harness.shuffle=42"));
        Assert.That(VirtmeArguments.CommandLine(_spec),
            Has.None.StartsWith("harness.shuffle").And.None.StartsWith("harness.case"));
    }

    /// <summary>
    /// The number stands among the parameters by which runs, snapshots and remembered verdicts are told apart.
    /// </summary>
    [Test]
    public void A_guest_of_two_CPUs_is_told_of_both_and_does_not_begin_without_them()
    {
        var two = _spec with { Cpus = 2 };
        Assert.That(VirtmeArguments.Build(two).SkipWhile(a => a != "--cpus").ElementAt(1), Is.EqualTo("2"));
        Assert.That(VirtmeArguments.CommandLine(two), Does.Contain("nr_cpus=2").And.Contain("harness.cpus=2"));
        Assert.That(VirtmeArguments.CommandLine(_spec),
            Has.None.StartsWith("nr_cpus").And.None.StartsWith("harness.cpus"));
    }

    [Test]
    public void Without_a_sandbox_QEMU_is_asked_for_none() =>
        Assert.That(VirtmeArguments.Build(_spec, sandbox: false), Has.None.EqualTo("-sandbox"));

    [Test]
    public void Every_kernel_parameter_has_its_reason()
    {
        foreach (var machine in MachineList.All)
        {
            List<KernelParameter> parameters =
            [
                .. KernelParameters.Common, .. KernelParameters.Lean, .. machine.EmulatedParameters,
                .. machine.LeanEmulatedParameters,
            ];
            Assert.That(parameters.Select(p => p.Reason), Has.All.Not.Empty);
            Assert.That(parameters.Select(p => p.Text), Is.Unique.And.All.Not.Contain(" "));
        }
        Assert.That(Initcalls.All.Select(i => i.Reason), Has.All.Not.Empty);
        Assert.That(Initcalls.All.Select(i => i.Name),
            Is.Unique.And.All.Match("^[a-z0-9_]+$").And.All.Not.Contain("bpf"));
    }

    [Test]
    public void On_a_machine_without_a_debug_port_the_channel_alone_takes_the_report()
    {
        var spec = _spec with { Machine = MachineList.Default with { DebugPort = null } };
        Assert.That(VirtmeArguments.CommandLine(spec), Has.None.StartsWith("harness.port"));
        Assert.That(VirtmeArguments.Build(spec),
            Does.Contain("file,id=harness-channel,path=/dev/fdset/6,append=on").And.None.StartsWith("isa-debugcon"));
    }

    private static string Cpu(VmSpec spec) => VirtmeArguments.Build(spec).SkipWhile(a => a != "-cpu").ElementAt(1);
}
