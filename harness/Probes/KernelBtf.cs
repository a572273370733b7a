namespace Harness.Probes;

/// <summary>A kernel's own BTF, in which BPF programs and maps look up the kernel's types.</summary>
public static class KernelBtf
{
    /// <summary>
    /// Lines of .config that give a kernel BTF: pahole makes it of debugging information (scripts/link-vmlinux.sh).
    /// From 5.18 on the kind of debugging information is a choice, and DEBUG_INFO follows from it.
    /// </summary>
    public static IReadOnlyList<string> Options { get; } =
    [
        "CONFIG_DEBUG_KERNEL=y", "CONFIG_DEBUG_INFO=y", "CONFIG_DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT=y",
        "CONFIG_DEBUG_INFO_BTF=y",
    ];
}
