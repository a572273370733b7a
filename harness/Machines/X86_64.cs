using System.Runtime.InteropServices;
using Harness.Machines.Images;

namespace Harness.Machines;

/// <summary>PCs with a 64-bit CPU of Intel or AMD.</summary>
public static class X86_64
{
    /// <summary>The port that QEMU's isa-debugcon has by default; SeaBIOS, which has one too, uses 0x402.</summary>
    private const string DebugAddress = "0xe9";

    /// <summary>The last of the eight ports of ttyS3, which begin at 0x2e8 (arch/x86/include/asm/serial.h).</summary>
    private const string ScratchAddress = "0x2ef";

    /// <summary>EM_X86_64.</summary>
    private const ushort Instructions = 62;

    public static Machine Machine { get; } = new()
    {
        Name = "x86_64",
        Architecture = Architecture.X64,
        DebianName = "amd64",
        KernelArch = "x86_64",
        SourceArch = "x86",
        ElfMachine = Instructions,
        QemuProgram = "qemu-system-x86_64",
        QemuMachine = "q35",
        Cpu = new MachineCpu("qemu64",
        [
            new("-cx16", "under QEMU 7.2.22, one of ten boots of 6.12 oopsed at or soon after a CMPXCHG16B of the "
                + "slab allocator, with flags that make no sense (double fault, EFLAGS 044b66d2); without that "
                + "instruction, 84 boots of four such kernels did not. Others keep it: 7.3 makes no arena without "
                + "(ENOMEM)", Series: "6.12"),
            new("+rdrand", "a kernel whose CPU has no random numbers makes some out of what little happens while it "
                + "boots, and until it has enough, it makes a new key for each number that is asked for: a quarter of "
                + "all instructions up to the end of a short report from 6.12 to 7.3, a twentieth on 5.10",
                OnlyLean: true),
        ]),
        // The third and fourth port: where virtme-run's own console ends up depends on its version and on QEMU's
        // (since 8.2.2 `-serial none`, which virtme-ng 1.22 gives first, takes the first port). Nothing opens that one.
        Console = SerialPort(2, GuestConsole.ConsoleFile),
        Channel = SerialPort(3, GuestConsole.ChannelFile),
        DebugPort = new DebugPort(DebugAddress,
            ["-device", $"isa-debugcon,chardev={GuestConsole.ChannelFile},iobase={DebugAddress}"]),
        // The scratch register of the channel's port, which nothing opens where the debug port works.
        WaitRegister = new WaitRegister(ScratchAddress, $"o /b {ScratchAddress} 0x5a"),
        EmulatedParameters =
        [
            new("tsc=reliable", "no clocksource watchdog: emulated TSC and timers drift apart under load"),
            new("no_timer_check", "the timer interrupt check busy-waits and can fail under load"),
        ],
        LeanEmulatedParameters =
        [
            new("acpi=off", "interpreting the tables takes 0.3 s under emulation; the few devices are found without",
                KernelArea.Acpi),
            new("pci=off", "the guest's devices are two serial ports and a debug console; looking for others at each "
                + "place of a bus takes time", KernelArea.Pci),
            new("nolapic", "measuring the local APIC's timer takes 0.1 to 0.2 s; the PIT ticks as well",
                KernelArea.CpuTimer),
            new("rodata=off", "looking through all page tables for pages that can be written and executed takes 136 "
                + "million instructions on 7.2", KernelArea.PageProtection),
            new("noreplace-smp", "rewriting every lock for one CPU takes longer than the locks do"),
        ],
        CommandLineLimit = 2048,
        Images = new ImageFormats(new BzImage(), new ElfKernel(Instructions)),
        InstalledImage = "arch/x86/boot/bzImage",
        BuildTarget = "vmlinux",
        BuiltImage = "vmlinux",
        Needs = [new("CONFIG_SERIAL_8250_CONSOLE", "it has no console that QEMU writes down")],
        KernelOptions =
        [
            "CONFIG_64BIT=y",
            "CONFIG_SERIAL_8250=y",
            "CONFIG_SERIAL_8250_CONSOLE=y",
            "CONFIG_HYPERVISOR_GUEST=y",
            "CONFIG_PARAVIRT=y",
            "CONFIG_PVH=y",
        ],
    };

    /// <summary>A port at the address that the kernel's 8250 driver expects of ttyS with this index.</summary>
    private static GuestConsole SerialPort(int index, string file) =>
        new($"ttyS{index}", ["-device", $"isa-serial,chardev={file},index={index}"]);
}
