using System.Runtime.InteropServices;
using Harness.Machines.Images;

namespace Harness.Machines;

/// <summary>64-bit Arm, on the board that QEMU made for guests.</summary>
public static class Arm64
{
    /// <summary>
    /// The last of the board's 32 places for virtio devices, which are 0x200 bytes apart from 0x0a000000 on
    /// (hw/arm/virt.c of QEMU): the device tree tells the guest, and <c>bus=</c> tells QEMU.
    /// </summary>
    private const string DebugAddress = "0x0a003e00";

    private const string DebugBus = "virtio-mmio-bus.31";

    /// <summary>EM_AARCH64.</summary>
    private const ushort Instructions = 183;

    private static readonly FlatImage _image = new("arm64", "ARMd");

    public static Machine Machine { get; } = new()
    {
        Name = "aarch64",
        Architecture = Architecture.Arm64,
        DebianName = "arm64",
        KernelArch = "arm64",
        ElfMachine = Instructions,
        QemuProgram = "qemu-system-aarch64",
        QemuMachine = "virt",
        // With the atomic instructions of Armv8.1, as servers have them: without, the kernel's JIT refuses some
        // programs. It boots as fast as older ones; `max` takes a fifth longer, for pointer authentication.
        Cpu = new MachineCpu("neoverse-n1", []),
        // The board's own port. The channel is on the PCI bus, as there is no other port.
        Console = new GuestConsole("ttyAMA0", ["-serial", $"chardev:{GuestConsole.ConsoleFile}"]),
        Channel = new GuestConsole("ttyS0", ["-device", $"pci-serial,chardev={GuestConsole.ChannelFile}"]),
        // A virtio console sends a byte that is written to one of its registers before any driver has set it up. No
        // kernel of Debian's has the driver of the board's virtio devices built in, so nobody else has the register.
        DebugPort = new DebugPort(DebugAddress,
        [
            "-device", $"virtio-serial-device,bus={DebugBus}",
            "-device", $"virtconsole,chardev={GuestConsole.ChannelFile}",
        ]),
        LeanEmulatedParameters =
        [
            new("initcall_blacklist=gen_pci_driver_init,serial_pci_driver_init",
                "the channel's port is the only device of the bus, and the debug console takes its place: looking for "
                + "it takes 16 million instructions on 5.10, and 22 million on 7.3", KernelArea.Pci),
            new("rodata=off", "write protection takes page tables with small pages for all memory: 16 million "
                + "instructions on 5.10, 10 million on 7.3", KernelArea.PageProtection),
        ],
        CommandLineLimit = 2048,
        Images = new ImageFormats(_image, new GzipImage(_image), new ZbootImage(_image, efiMachine: 0xaa64)),
        InstalledImage = "arch/arm64/boot/Image",
        BuildTarget = "Image",
        BuiltImage = "arch/arm64/boot/Image",
        Needs = [new("CONFIG_SERIAL_AMBA_PL011_CONSOLE", "it has no console that QEMU writes down")],
        KernelOptions =
        [
            "CONFIG_ARM64_4K_PAGES=y",
            "CONFIG_SERIAL_AMBA_PL011=y",
            "CONFIG_SERIAL_AMBA_PL011_CONSOLE=y",
            "CONFIG_DEVMEM=y",
            "CONFIG_PCI=y",
            "CONFIG_PCI_HOST_GENERIC=y",
            "CONFIG_SERIAL_8250=y",
            "CONFIG_SERIAL_8250_PCI=y",
        ],
    };
}
