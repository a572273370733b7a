using System.Text;
using Harness.Machines;

namespace Harness.Probes.Object;

/// <summary>What the probe asks of a kernel.</summary>
public static class ObjectKernel
{
    /// <summary>The modules of clsact, and of the filter in it that runs BPF programs.</summary>
    public static IReadOnlyList<string> TrafficControl { get; } = ["sch_ingress", "cls_bpf"];

    private const string SchedExtFunction = "scx_bpf_";

    /// <summary>
    /// Of an object with a scheduler. Types of sched_ext alone say nothing: task_struct leads to them.
    /// </summary>
    private static readonly string[] _schedulerNames = [".struct_ops", "sched_ext_ops"];

    /// <summary>
    /// Whether an object loads depends on nothing of these but for what <see cref="Needs"/> says. A program may name
    /// functions and types of file systems and ciphers: those are there whether or not they were initialized.
    /// </summary>
    public static IReadOnlyList<KernelArea> DoesWithout { get; } =
    [
        KernelArea.Tracing, KernelArea.CipherTests, KernelArea.CipherRandom, KernelArea.Certificates,
        KernelArea.SystemVMessages, KernelArea.FileSystems, KernelArea.SchedExt, KernelArea.ParameterFiles,
        KernelArea.RandomQuality, KernelArea.Acpi, KernelArea.Pci, KernelArea.CpuTimer, KernelArea.PageProtection,
    ];

    /// <summary>What one object needs of the parts that the probe does without in general.</summary>
    /// <param name="content">
    /// The object's file. scx_init() of the kernel (kernel/sched/ext.c, since 6.12) registers the functions of
    /// sched_ext, which all begin alike, and its struct_ops.
    /// </param>
    /// <param name="attach">
    /// Its programs are attached: libbpf finds tracepoints and lists of functions in tracefs.
    /// </param>
    public static IEnumerable<KernelArea> Needs(ReadOnlySpan<byte> content, bool attach)
    {
        var needs = new List<KernelArea>();
        if (attach)
        {
            needs.Add(KernelArea.Tracing);
        }
        if (Has(content, SchedExtFunction) || (Has(content, _schedulerNames[0]) && Has(content, _schedulerNames[1])))
        {
            needs.Add(KernelArea.SchedExt);
        }
        return needs;
    }

    private static bool Has(ReadOnlySpan<byte> content, string name) =>
        content.IndexOf(Encoding.ASCII.GetBytes(name)) >= 0;

    /// <summary>
    /// Without these, no kernel answers what objects are asked for. The probe's processes speak with each other through
    /// sockets (bpf/object/session.c).
    /// </summary>
    public static IReadOnlyList<CaseOptions> Required { get; } =
    [
        new(new Glob("*"), "CONFIG_BPF_SYSCALL=y", "CONFIG_NET=y", "CONFIG_UNIX=y", KernelBtf.Option)
        {
            Wanted = KernelBtf.Wanted,
        },
    ];

    /// <summary>What an object may name or attach to, as far as a kernel that is built for the probe has it.</summary>
    public static IReadOnlyList<string> Options { get; } =
    [
        "CONFIG_BPF_JIT=y", "CONFIG_BPF_EVENTS=y", "CONFIG_BPF_LSM=y", "CONFIG_SECURITY=y",
        "CONFIG_SECURITYFS=y", "CONFIG_LSM=\"bpf\"",
        "CONFIG_KALLSYMS=y", "CONFIG_KALLSYMS_ALL=y", "CONFIG_PERF_EVENTS=y", "CONFIG_KPROBES=y",
        "CONFIG_KPROBE_EVENTS=y",
        "CONFIG_UPROBES=y", "CONFIG_UPROBE_EVENTS=y", "CONFIG_FTRACE=y", "CONFIG_FUNCTION_TRACER=y",
        "CONFIG_DYNAMIC_FTRACE=y", "CONFIG_FPROBE=y", "CONFIG_FTRACE_SYSCALLS=y", "CONFIG_TRACEPOINTS=y",
        "CONFIG_DEBUG_FS=y", "CONFIG_MODULES=y",
        "CONFIG_NET=y", "CONFIG_INET=y", "CONFIG_IPV6=y", "CONFIG_NET_SCHED=y", "CONFIG_NET_CLS_ACT=y",
        "CONFIG_NET_CLS_BPF=y", "CONFIG_NET_SCH_INGRESS=y",
        "CONFIG_XDP_SOCKETS=y", "CONFIG_BPF_STREAM_PARSER=y", "CONFIG_NETFILTER=y",
        "CONFIG_CGROUPS=y", "CONFIG_CGROUP_BPF=y", "CONFIG_SOCK_CGROUP_DATA=y", "CONFIG_MEMCG=y",
        "CONFIG_NAMESPACES=y", "CONFIG_NET_NS=y", "CONFIG_FUNCTION_ERROR_INJECTION=y", "CONFIG_SCHED_CLASS_EXT=y",
        "CONFIG_IKCONFIG=y", "CONFIG_IKCONFIG_PROC=y",
    ];
}
