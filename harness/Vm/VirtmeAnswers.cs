using Harness.Machines;
using Harness.Processes;

namespace Harness.Vm;

/// <summary>
/// Programs that virtme-run finds before the machine's: they answer what it asks before each VM, and run QEMU as it
/// wants it, with an end to it.
/// </summary>
internal static class VirtmeAnswers
{
    /// <param name="directory">Becomes the first of PATH.</param>
    /// <param name="qemuVersion">See <see cref="VirtualMachine"/>.</param>
    /// <param name="seconds">After these QEMU is ended, whoever else is left to do that.</param>
    public static void Prepare(string directory, Machine machine, string? qemuVersion, string seconds)
    {
        var name = machine.QemuProgram;
        Directory.CreateDirectory(directory);
        // It asks file(1) for the kernel's version, and where that does not know, as with an unpacked kernel, reads the
        // whole image through strings(1): 0.5 s of CPU a VM. It wants the version to find the kernel's modules, and
        // these guests have none, so any will do.
        Write(directory, "file", "echo \"$1: kernel image, version 0.0.0\"");
        if (CommandExecution.Find(name) is { } qemu && !qemu.Contains('\'', StringComparison.Ordinal))
        {
            // 0.05 s of CPU for an answer that stays the same. Whatever else is asked, QEMU itself gets to hear.
            var answer = qemuVersion is null || qemuVersion.Contains('\'', StringComparison.Ordinal) ? "" : $"[ \"$*\" != --version ] || {{ echo '{qemuVersion}'; exit; }}\n";
            // What virtme-run makes of a signal, or of a code of QEMU's, depends on its version: told here, it is never taken for the guest's doing.
            Write(directory, name, $"""
                {answer}timeout --kill-after=2 {seconds} '{qemu}' "$@"
                code=$?
                [ $code -le 128 ] || echo '{name}: ended by signal' $((code - 128)) >&2
                [ $code -ne 126 ] && [ $code -ne 127 ] || echo '{name}: exited with' $code >&2
                exit $code
                """);
        }
    }

    private static void Write(string directory, string name, string script)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
