using CliWrap;
using Harness.Machines;
using Harness.Probes.InnerMaps;
using Harness.Processes;

namespace Harness.Tests.Boot;

/// <summary>
/// A boot by QEMU alone, without launcher and engine, for tests of what a guest writes where.
/// </summary>
internal static class BareBoot
{
    public const string Nonce = "feed";

    /// <summary>Returns when QEMU has ended, which is two minutes after its start at the latest.</summary>
    /// <param name="initramfs">The guest.</param>
    /// <param name="console">The file that the kernel's console goes to: the first serial port.</param>
    /// <param name="channel">QEMU's options for the channel.</param>
    /// <param name="parameters">More for the kernel's command line; they win over those before them.</param>
    /// <param name="lean">Leaves out what a lean boot of the harness leaves out, which takes half of the time.</param>
    public static async Task RunAsync(
        string initramfs, string console, IEnumerable<string> channel, string parameters, bool lean = true)
    {
        var machine = MachineList.Default;
        var doesWithout = InnerMapsProbe.Instance.DoesWithout.ToHashSet();
        var common = KernelParameters.For(machine, Accelerator.Tcg, lean, doesWithout, cpus: 1);
        await new Command("timeout").WithArguments(
        [
            "120", machine.QemuProgram, "-M", $"{machine.QemuMachine},accel=tcg",
            "-cpu", machine.Cpu.OptionFor(Accelerator.Tcg, version: null, lean), "-m", "384",
            "-nodefaults", "-display", "none", "-no-reboot",
            "-kernel", await RealRun.UnpackedKernelAsync(), "-initrd", initramfs,
            "-serial", $"file:{console}", .. channel,
            "-append",
            $"console=ttyS0 {string.Join(' ', common)} harness.nonce={Nonce} harness.case=none {parameters}",
        ]).RunAsync(CancellationToken.None);
    }
}
