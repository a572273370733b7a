using System.Runtime.InteropServices;
using Harness.Machines.Images;

namespace Harness.Machines;

/// <summary>
/// A kind of machine that kernels are built for and booted on, as data. Another one is a file beside
/// <see cref="X86_64"/> and a line in <see cref="MachineList"/>.
/// </summary>
public sealed record Machine
{
    /// <summary>As <c>uname -m</c> says; results and reports use this name.</summary>
    public required string Name { get; init; }

    /// <summary>.NET's name: a host of this architecture can run the machine's kernels under KVM.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>Debian's name of the architecture, as <c>dpkg --print-architecture</c> says.</summary>
    public required string DebianName { get; init; }

    /// <summary>The kernel's name, as make takes it in <c>ARCH=</c>.</summary>
    public required string KernelArch { get; init; }

    /// <summary>Its directory below <c>arch/</c> of a kernel's tree (SRCARCH of the kernel's Makefile).</summary>
    public string SourceArch { get => field ?? KernelArch; init; }

    /// <summary>The number of its instructions in the headers of ELF files (e_machine of elf(5)).</summary>
    public required ushort ElfMachine { get; init; }

    /// <summary>The QEMU program that has this machine; looked up in PATH.</summary>
    public required string QemuProgram { get; init; }

    /// <summary>QEMU's name of the board: the value of <c>-machine</c> without the accelerator.</summary>
    public required string QemuMachine { get; init; }

    public required MachineCpu Cpu { get; init; }

    /// <summary>In MiB: QEMU gives the board as much memory as a multiple of it.</summary>
    public int MemoryStepMiB { get; init; } = 1;

    /// <summary>Where the kernel logs to.</summary>
    public required GuestConsole Console { get; init; }

    /// <summary>Where the guest's init reports to, unless there is a debug port and it works.</summary>
    public required GuestConsole Channel { get; init; }

    /// <summary>A faster way for the report; <c>null</c> on machines without I/O ports.</summary>
    public DebugPort? DebugPort { get; init; }

    /// <summary>
    /// Where a guest waits for its orders; <c>null</c> on machines whose guests boot with their programs.
    /// </summary>
    public WaitRegister? WaitRegister { get; init; }

    /// <summary>Only under emulation, where the guest's clocks are calibrated against a busy host.</summary>
    public IReadOnlyList<KernelParameter> EmulatedParameters { get; init; } = [];

    /// <summary>Parameters that shorten the boot, and do so under emulation only.</summary>
    public IReadOnlyList<KernelParameter> LeanEmulatedParameters { get; init; } = [];

    /// <summary>The longest command line that every kernel takes whole, in bytes (COMMAND_LINE_SIZE).</summary>
    public required int CommandLineLimit { get; init; }

    /// <summary>The kinds of files that QEMU boots on this machine.</summary>
    public required ImageFormats Images { get; init; }

    /// <summary>Where a build in the tree's own directory leaves the image that is installed; for help texts.</summary>
    public required string InstalledImage { get; init; }

    /// <summary>What make is asked for to get a kernel that boots here.</summary>
    public required string BuildTarget { get; init; }

    /// <summary>Where that target's kernel lies, in the directory of the objects.</summary>
    public required string BuiltImage { get; init; }

    /// <summary>Options without which a kernel has no console here, beyond <see cref="KernelNeed.Common"/>.</summary>
    public IReadOnlyList<KernelNeed> Needs { get; init; } = [];

    /// <summary>
    /// Lines of .config that the smallest kernel needs to boot on this machine and to use its console and channel.
    /// </summary>
    public required IReadOnlyList<string> KernelOptions { get; init; }
}
