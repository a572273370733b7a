using System.Globalization;
using Harness.Machines;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>
/// Programs that virtme-run finds before the machine's: they answer what it asks before each VM, and run QEMU with the
/// devices of the harness alone, and with an end to it. Their texts are in the folder stand-ins.
/// </summary>
internal static class StandIns
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The descriptors under which stand-ins/qemu opens QEMU's files.
    internal const int InitramfsDescriptor = 4;
    internal const int ConsoleDescriptor = 5;
    internal const int ChannelDescriptor = 6;

    // Those under which waiting-guest.py gives QEMU what a guest that waits has.
    internal const int MemoryDescriptor = 20;
    internal const int MonitorDescriptor = 21;
    internal const int OrdersDescriptor = 22;
    internal const int GuestDescriptor = 23;

    /// <summary>The unit of the shell's <c>ulimit -f</c>.</summary>
    private const int BytesOfBlock = 512;

    /// <summary>A script of sh(1) that runs the launcher of one VM, which ends with the harness.</summary>
    internal static readonly string Guard = EmbeddedText.Read("stand-ins/guard");

    private static readonly string _file = EmbeddedText.Read("stand-ins/file");
    private static readonly string _qemu = EmbeddedText.Read("stand-ins/qemu");

    /// <summary>Writes them. Without QEMU on this machine nothing stands in for it, and virtme-run says so.</summary>
    /// <param name="directory">Becomes the first of PATH.</param>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public static void Write(string directory, Machine machine)
    {
        Directory.CreateDirectory(directory);
        Write(directory, "file", _file);
        if (CommandExecution.Find(machine.QemuProgram) is not null)
        {
            Write(directory, machine.QemuProgram, _qemu);
        }
    }

    /// <summary>The environment variables that they read.</summary>
    /// <param name="qemuVersion">
    /// What QEMU answers to <c>--version</c>; <c>null</c> makes virtme-run's question reach it.
    /// </param>
    /// <param name="seconds">After these QEMU is ended, whether or not the harness still runs.</param>
    public static Dictionary<string, string?> Variables(
        VmSpec spec, QemuRights rights, string? qemuVersion, string seconds,
        GuestStart start = GuestStart.WithPrograms) => new()
        {
            ["HARNESS_QEMU"] = CommandExecution.Find(spec.Machine.QemuProgram) ?? "",
            ["HARNESS_QEMU_VERSION"] = qemuVersion ?? "",
            ["HARNESS_QEMU_SECONDS"] = seconds,
            ["HARNESS_QEMU_FILES"] = spec.SharesHost ? "4096" : "256", // By itself it takes about 15.
            ["HARNESS_QEMU_BLOCKS"] =
                (LongestFile(spec) / BytesOfBlock).ToString(CultureInfo.InvariantCulture),
            ["HARNESS_QEMU_RESTORES"] = start == GuestStart.Restored ? "yes" : "",
            ["HARNESS_QEMU_INITRD"] = start == GuestStart.Waiting ? spec.Waiting!.Initramfs : spec.Initramfs,
            ["HARNESS_QEMU_CONSOLE"] = spec.ConsoleFile,
            ["HARNESS_QEMU_CHANNEL"] = spec.ChannelFile,
            ["HARNESS_QEMU_RIGHTS"] = rights switch
            {
                QemuRights.All => "all",
                QemuRights.Fewer => "fewer",
                _ => QemuUsers.First.ToString(CultureInfo.InvariantCulture),
            },
            ["HARNESS_QEMU_DEVICE"] = rights == QemuRights.OwnUserInGroup ? KvmDevice.Path : "",
        };

    /// <summary>In bytes, and never less than the guest's memory, as QEMU can keep that in a file, too.</summary>
    private static long LongestFile(VmSpec spec) =>
        Math.Max((long)spec.MachineMemoryMiB << 20, 2 * Math.Max(spec.Limits.Console, spec.Limits.Channel));

    private static void Write(string directory, string name, string script)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, Executable);
    }
}
