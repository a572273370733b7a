using Harness.Machines;

namespace Harness.Probes.InnerMaps;

/// <summary>What the probe inner-maps asks of a kernel beyond its map types.</summary>
public static class InnerMapsKernel
{
    /// <summary>
    /// How the kernel checks an update of a map-in-map depends on nothing of these: no probed map is traced, encrypted,
    /// stored or found on a bus.
    /// </summary>
    public static IReadOnlyList<KernelArea> DoesWithout { get; } =
    [
        KernelArea.Tracing, KernelArea.CipherTests, KernelArea.CipherRandom, KernelArea.Certificates,
        KernelArea.SystemVMessages, KernelArea.FileSystems, KernelArea.SchedExt, KernelArea.ParameterFiles,
        KernelArea.RandomQuality, KernelArea.Acpi, KernelArea.Pci, KernelArea.CpuTimer, KernelArea.PageProtection,
    ];

    /// <summary>
    /// What a kernel that is built must have. Map types stand behind conditions in include/linux/bpf_types.h (5.10,
    /// 6.1, 6.12, 7.2 and 7.3 were read). What costs time to build is for the cases alone that need it.
    /// </summary>
    public static IReadOnlyList<CaseOptions> Options { get; } =
    [
        new(new Glob("*"),
            "CONFIG_BPF_SYSCALL=y", "CONFIG_NET=y", "CONFIG_INET=y", "CONFIG_PERF_EVENTS=y", "CONFIG_CGROUPS=y",
            "CONFIG_CGROUP_BPF=y"),
        // The types of sockets are in 5.10 only with it.
        new(new Glob("*.{sockmap,sockhash}.*"), "CONFIG_BPF_STREAM_PARSER=y"),
        // What a program sees may depend on the JIT, which depends on modules up to 6.9.
        new(new Glob("*.seen_*"), "CONFIG_MODULES=y", "CONFIG_BPF_JIT=y", "CONFIG_SYSCTL=y", "CONFIG_PROC_SYSCTL=y"),
        new(new Glob("*.xskmap.*"), "CONFIG_XDP_SOCKETS=y"),
        // cpu_map_alloc: no more entries than NR_CPUS, which tinyconfig sets to its minimum.
        new(new Glob("*.cpumap.*"), "CONFIG_SMP=y", "CONFIG_NR_CPUS=64"),
        // The JIT depends on modules up to 6.9, and BPF_EVENTS on one kind of probes. Up to 5.11, task_storage came
        // with BPF_LSM, too.
        new(new Glob("*.{inode_storage,task_storage}.*"),
            "CONFIG_MODULES=y", "CONFIG_BPF_JIT=y", "CONFIG_SECURITY=y", "CONFIG_FTRACE=y", "CONFIG_UPROBE_EVENTS=y",
            "CONFIG_BPF_LSM=y"),
        // bpf_token_create: a token belongs to a user namespace.
        new(new Glob("*.token_*"), "CONFIG_MULTIUSER=y", "CONFIG_NAMESPACES=y", "CONFIG_USER_NS=y"),
        // Users without rights, whom a setting allows it or not.
        new(new Glob("*.as_*"),
            "CONFIG_MULTIUSER=y", "CONFIG_NAMESPACES=y", "CONFIG_USER_NS=y", "CONFIG_SYSCTL=y", "CONFIG_PROC_SYSCTL=y",
            "CONFIG_UNIX=y"),
        // btf_parse_kptr: the type that is pointed to is looked up in the kernel's own BTF, and its destructor among
        // the kernel's symbols.
        new(new Glob("*.{kptr,untrusted_kptr,percpu_kptr,uptr}{,.*}"), KernelBtf.Option, "CONFIG_KALLSYMS=y")
        {
            Wanted = KernelBtf.Wanted,
        },
        // The map's value is a type of the kernel's own BTF; struct_ops depends on the JIT (include/linux/bpf_types.h).
        new(new Glob("*.struct_ops.*"), KernelBtf.Option, "CONFIG_MODULES=y", "CONFIG_BPF_JIT=y")
        {
            Wanted = KernelBtf.Wanted,
        },
    ];
}
