using System.Runtime.InteropServices;
using Harness.Machines.Images;

namespace Harness.Machines;

/// <summary>64-bit RISC-V, on the board that QEMU made for guests.</summary>
public static class Riscv64
{
    /// <summary>EM_RISCV.</summary>
    private const ushort Instructions = 243;

    private static readonly FlatImage _image = new("riscv", "RSC\u0005");

    public static Machine Machine { get; } = new()
    {
        Name = "riscv64",
        Architecture = Architecture.RiscV64,
        DebianName = "riscv64",
        KernelArch = "riscv",
        ElfMachine = Instructions,
        QemuProgram = "qemu-system-riscv64",
        QemuMachine = "virt",
        Cpu = new MachineCpu("rv64", []),
        // The board's own port. The channel is on the PCI bus, as there is no other port.
        Console = new GuestConsole("ttyS0", ["-serial", $"chardev:{GuestConsole.ConsoleFile}"]),
        Channel = new GuestConsole("ttyS1", ["-device", $"pci-serial,chardev={GuestConsole.ChannelFile}"]),
        CommandLineLimit = 1024,
        Images = new ImageFormats(_image, new GzipImage(_image), new ZbootImage(_image, efiMachine: 0x5064)),
        InstalledImage = "arch/riscv/boot/Image",
        BuildTarget = "Image",
        BuiltImage = "arch/riscv/boot/Image",
        Needs = [new("CONFIG_SERIAL_OF_PLATFORM", "it has no console that QEMU writes down")],
        KernelOptions =
        [
            "CONFIG_SERIAL_8250=y",
            "CONFIG_SERIAL_8250_CONSOLE=y",
            "CONFIG_SERIAL_OF_PLATFORM=y",
            "CONFIG_PCI=y",
            "CONFIG_PCI_HOST_GENERIC=y",
            "CONFIG_SERIAL_8250_PCI=y",
        ],
    };
}
