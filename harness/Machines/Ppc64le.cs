using System.Runtime.InteropServices;
using Harness.Machines.Images;

namespace Harness.Machines;

/// <summary>IBM's Power, little-endian, as a guest of its hypervisor sees it.</summary>
public static class Ppc64le
{
    /// <summary>EM_PPC64.</summary>
    private const ushort Instructions = 21;

    /// <summary>PAGE_OFFSET (arch/powerpc/Kconfig).</summary>
    private const ulong KernelAddresses = 0xc000000000000000;

    public static Machine Machine { get; } = new()
    {
        Name = "ppc64le",
        Architecture = Architecture.Ppc64le,
        DebianName = "ppc64el",
        KernelArch = "powerpc",
        ElfMachine = Instructions,
        QemuProgram = "qemu-system-ppc64",
        QemuMachine = "pseries",
        // Debian's kernels are built for POWER8 and its successors.
        Cpu = new MachineCpu("power9", []),
        MemoryStepMiB = 256,
        // Terminals of the hypervisor, whose driver each kernel of this board has built in. The address tells their
        // order. virtme-run has the kernel log to the first.
        Console = Terminal("hvc0", "0x30000000", GuestConsole.ConsoleFile),
        Channel = Terminal("hvc1", "0x30001000", GuestConsole.ChannelFile),
        CommandLineLimit = 2048,
        Images = new ImageFormats(new ElfKernel(Instructions, lowest: KernelAddresses)),
        InstalledImage = "vmlinux",
        BuildTarget = "vmlinux",
        BuiltImage = "vmlinux",
        Needs = [new("CONFIG_HVC_CONSOLE", "it has no console that QEMU writes down")],
        KernelOptions =
        [
            "CONFIG_PPC64=y",
            "CONFIG_CPU_LITTLE_ENDIAN=y",
            "CONFIG_PPC_PSERIES=y",
            "CONFIG_HVC_CONSOLE=y",
        ],
    };

    private static GuestConsole Terminal(string name, string address, string file) =>
        new(name, ["-device", $"spapr-vty,chardev={file},reg={address}"]);
}
