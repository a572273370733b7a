using Harness.Machines;

namespace Harness.Probes.Exec;

/// <summary>What the probe exec asks of a kernel.</summary>
public static class ExecKernel
{
    /// <summary>The names by which programs find what they are left without where none has one of them.</summary>
    private static readonly IReadOnlyList<(KernelArea Area, byte[] Name)> _names =
    [
        // tracefs, which is also mounted in debugfs. libbpf has the name, and so has all that is linked with it.
        (KernelArea.Tracing, "tracing"u8.ToArray()), (KernelArea.Tracing, "tracefs"u8.ToArray()),
        (KernelArea.Tracing, "debugfs"u8.ToArray()), (KernelArea.Tracing, "kernel/debug"u8.ToArray()),
        // Its types, functions and files (kernel/sched/ext.c, since 6.12).
        (KernelArea.SchedExt, "sched_ext"u8.ToArray()), (KernelArea.SchedExt, "scx_bpf_"u8.ToArray()),
    ];

    /// <summary>
    /// A program may look at anything, so that only what no guest shows it is left out: a guest has no devices on a
    /// bus, loads no signed modules, its ciphers work without their self-tests, and its one CPU is told the time by the
    /// board's timer as well as by its own. The one thing that a program could miss is the random number generator
    /// <c>jitterentropy_rng</c> of the crypto API, whose start is a test of itself.
    /// Tracing and sched_ext are left out where no program names them (<see cref="Needs"/>): most files of tracefs are
    /// missing then, and the types of sched_ext.
    /// </summary>
    public static IReadOnlyList<KernelArea> DoesWithout { get; } =
    [
        KernelArea.Tracing, KernelArea.SchedExt, KernelArea.CipherTests, KernelArea.CipherRandom,
        KernelArea.Certificates, KernelArea.RandomQuality, KernelArea.Acpi, KernelArea.Pci, KernelArea.CpuTimer,
    ];

    /// <summary>What is left out unless a program names it; a script, or one that sees the host's files, may.</summary>
    public static IReadOnlyList<KernelArea> Named { get; } = [.. _names.Select(n => n.Area).Distinct()];

    /// <summary>The areas that a file names.</summary>
    /// <param name="content">A program, a library, a file of the user's, or how a program is run.</param>
    public static IReadOnlyList<KernelArea> Needs(byte[] content) =>
        [.. _names.Where(n => content.AsSpan().IndexOf(n.Name) >= 0).Select(n => n.Area).Distinct()];

    /// <summary>What test programs of BPF and the guest's own preparations need (bpf/exec/guest.c).</summary>
    public static IReadOnlyList<string> Options { get; } =
    [
        "CONFIG_BPF_SYSCALL=y",
        "CONFIG_NET=y",
        "CONFIG_INET=y",
        "CONFIG_UNIX=y",
        "CONFIG_PERF_EVENTS=y",
        "CONFIG_CGROUPS=y",
        "CONFIG_CGROUP_BPF=y",
        "CONFIG_CGROUP_PIDS=y",
        "CONFIG_MEMCG=y",
        "CONFIG_PROC_FS=y",
        "CONFIG_SYSFS=y",
        "CONFIG_TMPFS=y",
        "CONFIG_DEBUG_FS=y",
        "CONFIG_UNIX98_PTYS=y",
        "CONFIG_BINFMT_SCRIPT=y",
        "CONFIG_EPOLL=y",
        "CONFIG_FUTEX=y",
        "CONFIG_POSIX_TIMERS=y",
        "CONFIG_SIGNALFD=y",
        "CONFIG_TIMERFD=y",
        "CONFIG_EVENTFD=y",
        "CONFIG_SHMEM=y",
        "CONFIG_MULTIUSER=y",
    ];

    /// <summary>What a view of the host's files takes beside that (bpf/exec/hostfs.c).</summary>
    public static IReadOnlyList<string> HostedOptions { get; } =
    [
        "CONFIG_PCI=y",
        "CONFIG_PCI_MSI=y",
        "CONFIG_VIRTIO_MENU=y",
        "CONFIG_VIRTIO_PCI=y",
        "CONFIG_NETWORK_FILESYSTEMS=y",
        "CONFIG_NET_9P=y",
        "CONFIG_NET_9P_VIRTIO=y",
        "CONFIG_9P_FS=y",
        "CONFIG_OVERLAY_FS=y",
        "CONFIG_TMPFS_XATTR=y",
        "CONFIG_FILE_LOCKING=y",
        "CONFIG_AIO=y",
        "CONFIG_INOTIFY_USER=y",
        "CONFIG_ADVISE_SYSCALLS=y",
        "CONFIG_MEMBARRIER=y",
        "CONFIG_RSEQ=y",
    ];
}
