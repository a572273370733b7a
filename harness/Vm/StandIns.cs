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

    /// <summary>The unit of the shell's <c>ulimit -f</c>.</summary>
    private const int BytesOfBlock = 512;

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
    /// <param name="longestFile">The longest file that QEMU may write, in bytes.</param>
    public static Dictionary<string, string?> Variables(
        Machine machine, string? qemuVersion, string seconds, long longestFile) => new()
        {
            ["HARNESS_QEMU"] = CommandExecution.Find(machine.QemuProgram) ?? "",
            ["HARNESS_QEMU_VERSION"] = qemuVersion ?? "",
            ["HARNESS_QEMU_SECONDS"] = seconds,
            ["HARNESS_QEMU_BLOCKS"] = (longestFile / BytesOfBlock).ToString(CultureInfo.InvariantCulture),
        };

    private static void Write(string directory, string name, string script)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, Executable);
    }
}
