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

    /// <summary>Lines of .config that a kernel built for the probe must have.</summary>
    public static IReadOnlyList<string> Options { get; } =
    [
        "CONFIG_BPF_SYSCALL=y",
        "CONFIG_NET=y",
        "CONFIG_INET=y",
        "CONFIG_PERF_EVENTS=y",
        "CONFIG_CGROUPS=y",
        "CONFIG_CGROUP_BPF=y",
    ];
}
