using System.Globalization;
using Harness.Machines;

namespace Harness.Vm;

/// <summary>
/// The arguments of <c>virtme-run</c>, the launcher that <c>vng</c> itself calls; calling it directly saves a Python
/// start and a shell for each VM. Written for virtme-ng 1.22 to 1.41.
/// </summary>
public static class VirtmeArguments
{
    public const string Program = "virtme-run";

    /// <summary>
    /// All words behind this one reach QEMU, and few of those that virtme-run puts before it: the stand-in for QEMU
    /// reads and removes it (<see cref="StandIns"/>). QEMU refuses it, so no VM ever runs without the stand-in.
    /// </summary>
    internal const string Mark = "-harness";

    /// <summary>How a guest calls this machine's files (bpf/exec/hostfs.c).</summary>
    public const string HostTag = "hostfs";

    /// <summary>
    /// This machine's root, read-only, as virtme-run exports it through 9p: what QEMU's user may read.
    /// </summary>
    private static readonly IReadOnlyList<string> _host =
    [
        "-fsdev", $"local,id={HostTag},path=/,security_model=none,readonly=on,multidevs=remap",
        "-device", $"virtio-9p-pci,fsdev={HostTag},mount_tag={HostTag}",
    ];

    /// <summary>QEMU has no use for what these deny: other processes, other users, priorities.</summary>
    private static readonly IReadOnlyList<string> _sandbox =
        ["-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"];

    /// <summary>In characters: virtme-ng's own parameters take 430, and the harness's 680.</summary>
    private const int ReservedForParameters = 430 + 680 + 38;

    /// <param name="sandbox">Whether QEMU filters its own system calls (seccomp(2)).</param>
    public static IReadOnlyList<string> Build(VmSpec spec, bool sandbox = true) =>
    [
        "--kimg", spec.Image,
        "--mods", "none",
        // virtme-run always exports a root. This one is empty, read-only and never mounted: the initramfs is the guest.
        "--root", spec.RootDirectory,
        "--force-9p",
        "--disable-microvm",
        .. spec.Accelerator == Accelerator.Tcg ? ["--disable-kvm"] : Array.Empty<string>(),
        "--memory", spec.MemoryMiB.ToString(CultureInfo.InvariantCulture) + "M",
        "--cpus", "1",
        .. CommandLine(spec).SelectMany(parameter => new[] { "--kopt", parameter }),
        "--qemu-opts", Mark,
        .. Qemu(spec),
        .. sandbox ? _sandbox : [],
    ];

    /// <summary>What the harness adds to the kernel's command line. virtme-run puts it last, where it wins.</summary>
    public static IEnumerable<string> CommandLine(VmSpec spec) =>
    [
        $"console={spec.Machine.Console.Name}",
        .. KernelParameters.For(spec.Machine, spec.Accelerator, spec.Lean, spec.DoesWithout),
        $"harness.nonce={spec.Nonce}",
        $"harness.channel={spec.Machine.Channel.Name}",
        .. Port(spec) is { } port ? [$"harness.port={port.Address}"] : Array.Empty<string>(),
        .. spec.Shuffle is { } seed ? [FormattableString.Invariant($"harness.shuffle={seed}")] : Array.Empty<string>(),
        .. spec.ProgramDeadline is { } deadline
            ? [FormattableString.Invariant($"harness.deadline={Math.Max(1, (int)deadline.TotalSeconds)}")]
            : Array.Empty<string>(),
        .. spec.CaseGlobs.Count == 0 ? Array.Empty<string>() : [$"harness.case={string.Join(',', spec.CaseGlobs)}"],
    ];

    /// <summary>How many characters of a kernel's command line are left for patterns of cases.</summary>
    public static int RoomForCases(Machine machine) => machine.CommandLineLimit - ReservedForParameters;

    /// <summary>These come last on QEMU's command line, where the last of each option wins.</summary>
    private static IEnumerable<string> Qemu(VmSpec spec) =>
    [
        // No device that is not asked for here: a guest reaches this machine by its console and its channel alone.
        "-nodefaults", "-no-user-config",
        "-display", "none",
        // Just this accelerator: kvm:tcg would fall back without saying so.
        "-machine", $"{spec.Machine.QemuMachine},accel={spec.Accelerator.ToString().ToLowerInvariant()}",
        "-cpu", spec.Machine.Cpu.OptionFor(spec.Accelerator, spec.Version, spec.Lean),
        "-no-reboot",
        // The stand-in for QEMU opens the files, as QEMU's user may not (StandIns).
        "-initrd", $"/proc/self/fd/{StandIns.InitramfsDescriptor}",
        .. FileOf(GuestConsole.ConsoleFile, StandIns.ConsoleDescriptor),
        .. spec.Machine.Console.QemuArguments,
        // The prober takes the debug port where it can: a byte costs the guest one instruction there, and a driver, a
        // terminal and interrupts through a console. Both end in the same file (mux).
        .. FileOf(GuestConsole.ChannelFile, StandIns.ChannelDescriptor, Port(spec) is null ? "" : ",mux=on"),
        .. spec.Machine.Channel.QemuArguments,
        .. Port(spec)?.QemuArguments ?? [],
        .. spec.SharesHost ? _host : [],
    ];

    private static DebugPort? Port(VmSpec spec) => spec.Lean ? spec.Machine.DebugPort : null;

    private static IReadOnlyList<string> FileOf(string id, int descriptor, string further = "") =>
    [
        "-add-fd", $"fd={descriptor},set={descriptor}",
        "-chardev", $"file,id={id},path=/dev/fdset/{descriptor},append=on{further}",
    ];
}
