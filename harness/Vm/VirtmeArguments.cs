using System.Globalization;

namespace Harness.Vm;

/// <summary>
/// The arguments of <c>virtme-run</c>, the launcher that <c>vng</c> itself calls; calling it directly saves a Python
/// start and a shell for each VM. Written for virtme-ng 1.22 to 1.41. Pure: a spec gives a list.
/// </summary>
public static class VirtmeArguments
{
    public const string Program = "virtme-run";

    /// <summary>The guest's name of the second serial port.</summary>
    private const string Channel = "ttyS1";

    public static IReadOnlyList<string> Build(VmSpec spec) =>
    [
        "--kimg", spec.Image,
        "--mods", "none",
        // virtme-run always exports a root; ours is empty, read-only, and never mounted, as the initramfs is the guest.
        "--root", spec.RootDirectory,
        "--force-9p",
        "--disable-microvm",
        "--disable-monitor",
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
        .. KernelParameters.For(spec.Accelerator),
        $"harness.nonce={spec.Nonce}",
        $"harness.channel={Channel}",
        .. spec.Shuffle is { } seed ? [string.Create(CultureInfo.InvariantCulture, $"harness.shuffle={seed}")] : Array.Empty<string>(),
        .. spec.CaseGlobs.Count == 0 ? Array.Empty<string>() : [$"harness.case={string.Join(',', spec.CaseGlobs)}"],
    ];

    /// <summary>Comes last on QEMU's command line, where the last of each option wins.</summary>
    private static IEnumerable<string> Qemu(VmSpec spec) =>
    [
        // Just this accelerator: virtme-run's own kvm:tcg would fall back without saying so.
        "-machine", spec.Accelerator == Accelerator.Kvm ? "q35,accel=kvm" : "q35,accel=tcg",
        "-cpu", spec.Accelerator == Accelerator.Kvm ? "host" : "qemu64",
        "-no-reboot",
        "-initrd", spec.Initramfs,
        "-serial", $"file:{spec.ChannelFile}",
    ];
}
