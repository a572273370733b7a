namespace Harness.Vm;

/// <summary>One of the kernel's initialization functions, and why a guest is without it.</summary>
/// <param name="Name">The function's, as <c>initcall_debug</c> prints it.</param>
public sealed record Initcall(string Name, string Reason);

/// <summary>
/// What a guest's kernel does not initialize (<c>initcall_blacklist=</c>, Documentation/admin-guide/kernel-parameters.txt):
/// what took longest of all that no map has to do with: of the instructions up to the end of a short report, counted with
/// QEMU's <c>-icount</c>, a sixth on 5.10, a third on 6.1 and 7.3, half on 6.12 and 6.18. Nothing of BPF is among it. A kernel
/// passes over a name that it does not have.
/// </summary>
public static class Initcalls
{
    public static IReadOnlyList<Initcall> LeftOut { get; } =
    [
        new("ftrace_check_for_weak_functions", "looks up the name of each function that can be traced, to show fewer of them: 75 million instructions on 6.1"),
        new("trace_eval_init", "rewrites how trace events are printed, and none is"),
        new("tracer_init_tracefs", "makes thousands of files of tracefs, and nobody reads one"),
        new("jent_mod_init", "tests a random number generator for 137 million instructions on 6.18, which nobody asks for a number"),
        new("load_system_certificate_list", "checks the signatures of certificates for modules, and none is loaded"),
        new("param_sysfs_builtin_init", "makes files for the parameters of all that is built in"),
        new("scx_init", "sched_ext: looks up the types of its callbacks by name, one by one: 84 million instructions on 6.18"),
        new("init_msg_buckets", "caches for System V messages, and none is sent"),
        new("ext4_init_fs", "a file system, and none is mounted"),
        new("journal_init", "ext4's journal"),
    ];
}
