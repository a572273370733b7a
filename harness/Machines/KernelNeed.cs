namespace Harness.Machines;

/// <summary>An option that must be built into a kernel so that it can be asked anything.</summary>
/// <param name="Option">As .config has it: <c>CONFIG_BLK_DEV_INITRD</c>.</param>
/// <param name="Reason">What is missing without it, after "without it, ".</param>
public sealed record KernelNeed(string Option, string Reason)
{
    /// <summary>Of every guest.</summary>
    public static IReadOnlyList<KernelNeed> Common { get; } =
    [
        new("CONFIG_BLK_DEV_INITRD", "it has no guest to start, which is an initramfs"),
        new("CONFIG_BINFMT_ELF", "it runs no program"),
        new("CONFIG_PRINTK", "nothing that goes wrong would be seen"),
    ];

    /// <summary>Of probes that ask by bpf(2) alone.</summary>
    public static KernelNeed Bpf { get; } = new("CONFIG_BPF_SYSCALL", "it has no bpf(2)");
}
