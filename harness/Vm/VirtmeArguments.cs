using System.Globalization;

namespace Harness.Vm;

/// <summary>
/// The arguments of <c>virtme-run</c>, the launcher that <c>vng</c> itself calls; calling it directly saves a Python
/// start and a shell for each VM. Written for virtme-ng 1.22 to 1.41. Pure: a spec gives a list.
/// </summary>
public static class VirtmeArguments
{
    public const string Program = "virtme-run";

    // Two serial ports of our own: where virtme-run's own console ends up depends on its version and on QEMU's
    // (since 8.2.2 `-serial none`, which virtme-ng 1.22 gives first, takes the first port). Nothing opens that one.
    private const string Console = "ttyS2";
    private const string Channel = "ttyS3";

    // Where QEMU puts an isa-debugcon by default; SeaBIOS, which has one too, uses 0x402.
    private const string DebugPort = "0xe9";

    public static IReadOnlyList<string> Build(VmSpec spec) =>
    [
        "--kimg", spec.Image,
        "--mods", "none",
        // virtme-run always exports a root; ours is empty, read-only, and never mounted, as the initramfs is the guest.
        "--root", spec.RootDirectory,
        "--force-9p",
        "--disable-microvm",
        .. spec.Accelerator == Accelerator.Tcg ? ["--disable-kvm"] : Array.Empty<string>(),
        "--memory", spec.MemoryMiB.ToString(CultureInfo.InvariantCulture) + "M",
        "--cpus", "1",
        .. CommandLine(spec).SelectMany(parameter => new[] { "--kopt", parameter }),
        "--qemu-opts",
        .. Qemu(spec),
    ];

    /// <summary>What we add to the kernel's command line; virtme-run puts it behind its own, so ours win.</summary>
    public static IEnumerable<string> CommandLine(VmSpec spec) =>
    [
        $"console={Console}",
        .. KernelParameters.For(spec.Accelerator, spec.Lean),
        $"harness.nonce={spec.Nonce}",
        $"harness.channel={Channel}",
        .. spec.Lean ? [$"harness.port={DebugPort}"] : Array.Empty<string>(),
        .. spec.Shuffle is { } seed ? [string.Create(CultureInfo.InvariantCulture, $"harness.shuffle={seed}")] : Array.Empty<string>(),
        .. spec.CaseGlobs.Count == 0 ? Array.Empty<string>() : [$"harness.case={string.Join(',', spec.CaseGlobs)}"],
    ];

    /// <summary>Comes last on QEMU's command line, where the last of each option wins.</summary>
    private static IEnumerable<string> Qemu(VmSpec spec) =>
    [
        // Just this accelerator: virtme-run's own kvm:tcg would fall back without saying so.
        "-machine", spec.Accelerator == Accelerator.Kvm ? "q35,accel=kvm" : "q35,accel=tcg",
        "-cpu", spec.Accelerator == Accelerator.Kvm ? "host" : EmulatedCpu.Of(spec.Version, spec.Lean),
        "-no-reboot",
        "-initrd", spec.Initramfs,
        "-chardev", FileOf("console", spec.ConsoleFile),
        .. SerialPort("console", index: 2),
        // The prober takes the debug console where it can: a byte costs the guest one instruction there, and a driver, a terminal
        // and interrupts through the serial port. Both end in the same file (mux).
        "-chardev", FileOf("channel", spec.ChannelFile) + (spec.Lean ? ",mux=on" : ""),
        .. SerialPort("channel", index: 3),
        .. spec.Lean ? ["-device", $"isa-debugcon,chardev=harness-channel,iobase={DebugPort}"] : Array.Empty<string>(),
    ];

    // A comma in a value is doubled (QEMU's option syntax).
    private static string FileOf(string id, string file) => $"file,id=harness-{id},path={file.Replace(",", ",,", StringComparison.Ordinal)}";

    /// <summary>A port at the address that the kernel's 8250 driver expects of ttyS with this index.</summary>
    private static string[] SerialPort(string id, int index) =>
        ["-device", string.Create(CultureInfo.InvariantCulture, $"isa-serial,chardev=harness-{id},index={index}")];
}
