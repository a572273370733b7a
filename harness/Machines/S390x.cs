using System.Runtime.InteropServices;
using Harness.Machines.Images;

namespace Harness.Machines;

/// <summary>IBM's mainframes, which are big-endian.</summary>
public static class S390x
{
    /// <summary>EM_S390.</summary>
    private const ushort Instructions = 22;

    public static Machine Machine { get; } = new()
    {
        Name = "s390x",
        Architecture = Architecture.S390x,
        DebianName = "s390x",
        KernelArch = "s390",
        ElfMachine = Instructions,
        QemuProgram = "qemu-system-s390x",
        QemuMachine = "s390-ccw-virtio",
        // Kernels are built for a certain generation and its successors; this one has all that QEMU emulates.
        Cpu = new MachineCpu("max", []),
        // Of the two consoles that the board itself has, the one that takes bytes; the other takes lines in EBCDIC.
        Console = new GuestConsole("ttysclp0", ["-device", $"sclpconsole,chardev={GuestConsole.ConsoleFile}"]),
        // Kernels have its driver built in, as the machine has few other devices. A line is one request. virtme-run has
        // the kernel log to the first of them, too, so nothing is behind that one.
        Channel = new GuestConsole("hvc1",
        [
            "-device", "virtio-serial-ccw", "-device", "virtconsole",
            "-device", $"virtconsole,chardev={GuestConsole.ChannelFile}",
        ]),
        // Since 5.12. Older kernels take 896 bytes, which is less than a guest is told.
        CommandLineLimit = 4096,
        Images = new ImageFormats(new IplImage()),
        InstalledImage = "arch/s390/boot/bzImage",
        BuildTarget = "bzImage",
        BuiltImage = "arch/s390/boot/bzImage",
        KernelOptions =
        [
            "CONFIG_S390_GUEST=y",
            "CONFIG_VIRTIO_CONSOLE=y",
            "CONFIG_SCLP_VT220_TTY=y",
            "CONFIG_SCLP_VT220_CONSOLE=y",
        ],
    };
}
