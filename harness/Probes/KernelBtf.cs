namespace Harness.Probes;

/// <summary>A kernel's own BTF, in which BPF programs and maps look up the kernel's types.</summary>
public static class KernelBtf
{
    /// <summary>The line of .config with which pahole makes BTF (scripts/link-vmlinux.sh).</summary>
    public const string Option = "CONFIG_DEBUG_INFO_BTF=y";

    /// <summary>
    /// It makes it of debugging information. From 5.18 on the kind of that is a choice, and DEBUG_INFO follows from
    /// it; another choice will do as well.
    /// </summary>
    public static IReadOnlyList<string> Wanted { get; } =
        ["CONFIG_DEBUG_KERNEL=y", "CONFIG_DEBUG_INFO=y", "CONFIG_DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT=y"];
}
