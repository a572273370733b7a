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

    /// <summary>QEMU's id of the memory of a guest that waits.</summary>
    private const string Memory = "harness-memory";

    /// <summary>QEMU's id of its monitor, which the guest does not get at.</summary>
    private const string Monitor = "harness-monitor";

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

    /// <summary>
    /// In characters: virtme-ng's own parameters in front of the harness's take some 200. Behind them stands its
    /// <c>init=</c>, which no guest reads, as each has an initramfs: a kernel may cut that off.
    /// </summary>
    private const int ReservedForVirtme = 300;

    /// <param name="sandbox">Whether QEMU filters its own system calls (seccomp(2)).</param>
    /// <param name="start">How the guest is started.</param>
    internal static IReadOnlyList<string> Build(
        VmSpec spec, bool sandbox = true, GuestStart start = GuestStart.WithPrograms) =>
    [
        "--kimg", spec.Image,
        "--arch", spec.Machine.Name,
        "--mods", "none",
        // virtme-run always exports a root. This one is empty, read-only and never mounted: the initramfs is the guest.
        "--root", spec.RootDirectory,
        "--force-9p",
        "--disable-microvm",
        .. spec.Accelerator == Accelerator.Tcg ? ["--disable-kvm"] : Array.Empty<string>(),
        "--memory", spec.MachineMemoryMiB.ToString(CultureInfo.InvariantCulture) + "M",
        "--cpus", spec.Cpus.ToString(CultureInfo.InvariantCulture),
        .. (start == GuestStart.WithPrograms ? CommandLine(spec) : WaitingCommandLine(spec))
            .SelectMany(parameter => new[] { "--kopt", parameter }),
        "--qemu-opts", Mark,
        .. Qemu(spec, start),
        .. sandbox ? _sandbox : [],
    ];

    /// <summary>
    /// What the harness adds to the kernel's command line. virtme-run puts it behind all of its own but <c>init=</c>:
    /// the last of each parameter wins.
    /// </summary>
    public static IEnumerable<string> CommandLine(VmSpec spec) =>
        [.. Common(spec), .. Question(spec)];

    /// <summary>The same for a guest that waits for its orders: what it is asked is no part of it.</summary>
    public static IEnumerable<string> WaitingCommandLine(VmSpec spec) =>
        [.. Common(spec), $"harness.wait={spec.Machine.WaitRegister?.Address}"];

    /// <summary>The orders of a guest that waits for them, as bpf/init/orders.c reads them.</summary>
    /// <param name="seed">For the guest's random numbers, which no other guest has.</param>
    public static string Orders(VmSpec spec, byte[] seed, DateTimeOffset now) => string.Join('\n',
    [
        .. Question(spec),
        $"harness.seed={Convert.ToHexStringLower(seed)}",
        FormattableString.Invariant($"harness.time={now.ToUnixTimeSeconds()}"),
    ]);

    private static IEnumerable<string> Common(VmSpec spec) =>
    [
        $"console={spec.Machine.Console.Name}",
        .. KernelParameters.For(spec.Machine, spec.Accelerator, spec.Lean, spec.DoesWithout, spec.Cpus),
        .. spec.Cpus > 1 ? [FormattableString.Invariant($"harness.cpus={spec.Cpus}")] : Array.Empty<string>(),
        $"harness.channel={spec.Machine.Channel.Name}",
        .. Port(spec) is { } port ? [$"harness.port={port.Address}"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Question(VmSpec spec) =>
    [
        $"harness.nonce={spec.Nonce}",
        .. spec.Shuffle is { } seed ? [FormattableString.Invariant($"harness.shuffle={seed}")] : Array.Empty<string>(),
        .. spec.ProgramDeadline is { } deadline
            ? [FormattableString.Invariant($"harness.deadline={Math.Max(1, (int)deadline.TotalSeconds)}")]
            : Array.Empty<string>(),
        .. spec.Alone ? ["harness.alone=1"] : Array.Empty<string>(),
        .. spec.CaseGlobs.Count == 0 ? Array.Empty<string>() : [$"harness.case={string.Join(',', spec.CaseGlobs)}"],
    ];

    /// <summary>How many characters of a kernel's command line are left for patterns of cases.</summary>
    public static int RoomForCases(Machine machine) =>
        machine.CommandLineLimit - ReservedForVirtme - CommandLine(LongestOn(machine)).Sum(p => p.Length + 1);

    /// <summary>A guest of which the kernel is told all that there is to tell, but for cases.</summary>
    private static VmSpec LongestOn(Machine machine) => new(
        machine, Image: "", Initramfs: "", ConsoleFile: "", ChannelFile: "", WorkDirectory: "",
        Accelerator.Tcg, Nonce: new string('0', 16), CaseGlobs: [""], Deadline: TimeSpan.Zero)
    {
        DoesWithout = Enum.GetValues<KernelArea>().ToHashSet(),
        Shuffle = int.MaxValue,
        ProgramDeadline = TimeSpan.FromDays(1),
        Alone = true,
        Cpus = 999,
    };

    /// <summary>These come last on QEMU's command line, where the last of each option wins.</summary>
    private static IEnumerable<string> Qemu(VmSpec spec, GuestStart start) =>
    [
        // No device that is not asked for here: a guest reaches this machine by its console and its channel alone.
        "-nodefaults", "-no-user-config",
        "-display", "none",
        // Just this accelerator: kvm:tcg would fall back without saying so.
        "-machine", $"{spec.Machine.QemuMachine},accel={spec.Accelerator.ToString().ToLowerInvariant()}"
            + (start == GuestStart.WithPrograms ? "" : $",memory-backend={Memory}"),
        "-cpu", spec.Machine.Cpu.OptionFor(spec.Accelerator, spec.Version, spec.Lean),
        "-no-reboot",
        // The stand-in for QEMU opens the files, as QEMU's user may not (StandIns).
        .. start == GuestStart.Restored ? [] : new[] { "-initrd", $"/proc/self/fd/{StandIns.InitramfsDescriptor}" },
        .. FileOf(GuestConsole.ConsoleFile, StandIns.ConsoleDescriptor),
        .. spec.Machine.Console.QemuArguments,
        // The prober takes the debug port where it can: a byte costs the guest one instruction there, and a driver, a
        // terminal and interrupts through a console. Both end in the same file (mux).
        .. FileOf(GuestConsole.ChannelFile, StandIns.ChannelDescriptor, Port(spec) is null ? "" : ",mux=on"),
        .. spec.Machine.Channel.QemuArguments,
        .. Port(spec)?.QemuArguments ?? [],
        .. spec.SharesHost ? _host : [],
        .. start == GuestStart.WithPrograms ? [] : Waiting(spec, start),
    ];

    /// <summary>
    /// The guest's memory is a file, so that it need not go through QEMU when the guest is saved or restored.
    /// </summary>
    private static IEnumerable<string> Waiting(VmSpec spec, GuestStart start) =>
    [
        "-object", FormattableString.Invariant(
            $"memory-backend-file,id={Memory},size={spec.MachineMemoryMiB}M,share=on,")
            + $"mem-path=/proc/self/fd/{StandIns.MemoryDescriptor}",
        "-chardev", $"socket,id={Monitor},fd={StandIns.MonitorDescriptor}", "-mon", $"chardev={Monitor},mode=control",
        "-fw_cfg", $"name=opt/harness/orders,file=/proc/self/fd/{StandIns.OrdersDescriptor}",
        "-fw_cfg", $"name=opt/harness/guest,file=/proc/self/fd/{StandIns.GuestDescriptor}",
        .. start == GuestStart.Restored ? ["-incoming", "defer"] : Array.Empty<string>(),
    ];

    private static DebugPort? Port(VmSpec spec) => spec.Lean ? spec.Machine.DebugPort : null;

    private static IReadOnlyList<string> FileOf(string id, int descriptor, string further = "") =>
    [
        "-add-fd", $"fd={descriptor},set={descriptor}",
        "-chardev", $"file,id={id},path=/dev/fdset/{descriptor},append=on{further}",
    ];
}
