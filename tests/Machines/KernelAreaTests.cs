using Harness.Machines;
using Harness.Probes.Exec;
using Harness.Probes.InnerMaps;

namespace Harness.Tests.Machines;

public sealed class KernelAreaTests
{
    private static readonly IReadOnlySet<KernelArea> _innerMaps = InnerMapsProbe.Instance.DoesWithout.ToHashSet();

    [Test]
    public void A_probe_of_inner_maps_gets_the_command_line_it_always_had() => Assert.That(
        LeanParameters(_innerMaps),
        Is.EqualTo("loglevel=4 printk.time=1 panic=-1 oops=panic nokaslr rcupdate.rcu_expedited=1 "
            + "tsc=reliable no_timer_check random.trust_cpu=on cryptomgr.notests "
            + "initcall_blacklist=ftrace_check_for_weak_functions,trace_eval_init,tracer_init_tracefs,jent_mod_init,"
            + "load_system_certificate_list,param_sysfs_builtin_init,scx_init,init_msg_buckets,ext4_init_fs,"
            + "journal_init "
            + "acpi=off pci=off nolapic rodata=off noreplace-smp"));

    [Test]
    public void A_probe_that_needs_tracing_gets_a_kernel_that_initializes_tracefs()
    {
        var parameters = LeanParameters(Without(KernelArea.Tracing));
        Assert.That(parameters, Does.Not.Contain("trace").And.Contain("initcall_blacklist=jent_mod_init,"));
    }

    [TestCase(KernelArea.Acpi, "acpi=off")]
    [TestCase(KernelArea.Pci, "pci=off")]
    [TestCase(KernelArea.CpuTimer, "nolapic")]
    [TestCase(KernelArea.PageProtection, "rodata=off")]
    [TestCase(KernelArea.RandomQuality, "random.trust_cpu=on")]
    public void A_parameter_is_left_out_for_a_probe_that_needs_its_area(KernelArea needed, string parameter)
    {
        var expected = LeanParameters(_innerMaps).Replace($" {parameter}", "", StringComparison.Ordinal);
        Assert.That(LeanParameters(Without(needed)), Is.EqualTo(expected).And.Not.EqualTo(LeanParameters(_innerMaps)));
    }

    [Test]
    public void A_probe_that_needs_all_of_the_kernel_skips_no_initialization() => Assert.That(
        LeanParameters(new HashSet<KernelArea>()),
        Is.EqualTo("loglevel=4 printk.time=1 panic=-1 oops=panic nokaslr rcupdate.rcu_expedited=1 "
            + "tsc=reliable no_timer_check noreplace-smp"));

    [Test]
    public void A_program_of_a_user_finds_all_but_what_no_guest_shows_it() => Assert.That(
        LeanParameters(ExecProbe.Instance.DoesWithout.ToHashSet()),
        Is.EqualTo("loglevel=4 printk.time=1 panic=-1 oops=panic nokaslr rcupdate.rcu_expedited=1 "
            + "tsc=reliable no_timer_check random.trust_cpu=on cryptomgr.notests "
            + "initcall_blacklist=ftrace_check_for_weak_functions,trace_eval_init,tracer_init_tracefs,jent_mod_init,"
            + "load_system_certificate_list,scx_init acpi=off pci=off nolapic noreplace-smp"));

    [Test]
    public void A_plain_boot_has_no_parameter_that_only_saves_time() => Assert.That(
        string.Join(' ', KernelParameters.For(MachineList.Default, Accelerator.Tcg, lean: false, _innerMaps, cpus: 1)),
        Is.EqualTo("loglevel=4 printk.time=1 panic=-1 oops=panic nokaslr rcupdate.rcu_expedited=1 "
            + "tsc=reliable no_timer_check"));

    private static HashSet<KernelArea> Without(KernelArea needed) => [.. _innerMaps.Where(area => area != needed)];

    private static string LeanParameters(IReadOnlySet<KernelArea> doesWithout) =>
        string.Join(' ', KernelParameters.For(MachineList.Default, Accelerator.Tcg, lean: true, doesWithout, cpus: 1));
}
