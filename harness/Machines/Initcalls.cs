namespace Harness.Machines;

/// <summary>
/// Initialization functions that guests skip (<c>initcall_blacklist=</c>,
/// Documentation/admin-guide/kernel-parameters.txt) unless a probe needs what they initialize. They took longest of
/// all: of the instructions up to the end of a short report, counted with QEMU's <c>-icount</c>, a sixth on 5.10, a
/// third on 6.1 and 7.3, half on 6.12 and 6.18. A kernel ignores a name that it does not have.
/// </summary>
public static class Initcalls
{
    public static IReadOnlyList<Initcall> All { get; } =
    [
        new("ftrace_check_for_weak_functions", "looks up the name of each function that can be traced, to show "
            + "fewer of them: 75 million instructions on 6.1", KernelArea.Tracing),
        new("trace_eval_init", "rewrites how trace events are printed", KernelArea.Tracing),
        new("tracer_init_tracefs", "makes thousands of files of tracefs", KernelArea.Tracing),
        new("jent_mod_init", "tests a random number generator of the crypto API: 137 million instructions on 6.18",
            KernelArea.CipherRandom),
        new("load_system_certificate_list", "checks the signatures of certificates for modules",
            KernelArea.Certificates),
        new("param_sysfs_builtin_init", "makes files for the parameters of all that is built in",
            KernelArea.ParameterFiles),
        new("scx_init", "looks up the types of sched_ext's callbacks by name, one by one: 84 million instructions "
            + "on 6.18", KernelArea.SchedExt),
        new("init_msg_buckets", "makes caches for System V messages", KernelArea.SystemVMessages),
        new("ext4_init_fs", "registers a file system", KernelArea.FileSystems),
        new("journal_init", "makes caches for ext4's journal", KernelArea.FileSystems),
    ];

    /// <summary>The parameter that makes a kernel skip them; none when the probes need all of them.</summary>
    /// <param name="doesWithout">What every probe of the boot does without.</param>
    internal static IEnumerable<KernelParameter> Blacklist(IReadOnlySet<KernelArea> doesWithout)
    {
        var names = string.Join(',', All.Where(call => doesWithout.Contains(call.Area)).Select(call => call.Name));
        return names.Length == 0
            ? []
            : [new($"initcall_blacklist={names}", "initialization that no probe of the boot needs")];
    }
}
