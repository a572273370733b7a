using System.Globalization;
using CliWrap;
using Harness.Processes;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Faults;

/// <summary>The processes of the VMs that a harness has started.</summary>
internal static class VmProcesses
{
    /// <summary>The process id of the QEMU that runs a kernel; <c>null</c> when none does.</summary>
    public static int? Qemu(FaultLab lab, string kernel) => ProcessTable
        .Emulators(new RunDirectory(lab.Run).Work(kernel) + "/").Cast<int?>().FirstOrDefault();

    /// <summary>Waits until QEMU runs a kernel.</summary>
    /// <param name="other">A process that is not meant: QEMU of an earlier attempt.</param>
    /// <returns>QEMU's process id.</returns>
    public static async Task<int> QemuOfAsync(FaultLab lab, string kernel, int? other = null)
    {
        int? found = null;
        await ProcessTable.UntilAsync(
            () => (found = Qemu(lab, kernel)) is not null && found != other, $"QEMU runs {kernel}", seconds: 120);
        return found!.Value;
    }

    /// <summary>Waits until the prober has reported a case from a kernel.</summary>
    public static Task AskedAsync(FaultLab lab, string kernel)
    {
        var report = Path.Combine(lab.Run, "ktap", kernel + ".ktap");
        return ProcessTable.UntilAsync(() => File.Exists(report) && File.ReadAllText(report).Contains("\nok 1 ",
            StringComparison.Ordinal), $"{kernel} is asked", seconds: 120);
    }

    /// <summary>
    /// The launcher that serves one VM after the other: of the harness's child processes, the one above this QEMU.
    /// </summary>
    public static int LauncherOf(int qemu, int harness)
    {
        var launcher = qemu;
        while (ProcessTable.Parent(launcher) is var parent && parent != harness)
        {
            Assert.That(parent, Is.GreaterThan(1), "QEMU is not below the harness");
            launcher = parent;
        }
        return launcher;
    }

    /// <summary>Sends a signal. A process that has ended needs none.</summary>
    public static Task SendAsync(string signal, int id) =>
        // The shell's own kill: a minimal machine has no such program.
        new Command("sh").WithArguments(["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {id}")])
            .TryRunAsync(CancellationToken.None);
}
