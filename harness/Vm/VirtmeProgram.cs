using Harness.Processes;

namespace Harness.Vm;

/// <summary>How virtme-run is started for each VM at the least cost: it stays what builds QEMU's command line and runs it.</summary>
internal static class VirtmeProgram
{
    private const string Qemu = "qemu-system-x86_64";

    // Where Debian's and Ubuntu's package puts the script and the modules.
    private const string PackagedScript = "/usr/bin/virtme-run";
    private const string PackagedInterpreter = "/usr/bin/python3";
    private const string PackagedModules = "/usr/lib/python3/dist-packages";

    /// <summary>
    /// What the packaged script does, without reading the metadata of every Python package to find that out, and without
    /// the user's and the site's start-up files: 0.05 s of CPU less for each VM.
    /// </summary>
    private const string Main = $"import sys; sys.path.append('{PackagedModules}'); sys.argv[0] = '{VirtmeArguments.Program}'; from virtme.commands.run import main; sys.exit(main())";

    /// <summary>The first words of the command line.</summary>
    /// <param name="program">A name that is looked up in PATH, or a path.</param>
    public static IReadOnlyList<string> Start(string program) =>
        CommandExecution.Find(program) == PackagedScript && File.Exists($"{PackagedModules}/virtme/commands/run.py") && File.Exists(PackagedInterpreter)
            ? [PackagedInterpreter, "-I", "-S", "-B", "-c", Main]
            : [program];

    /// <summary>Programs that answer what virtme-run asks before each VM, to be found before the machine's.</summary>
    /// <param name="directory">Becomes the first of PATH.</param>
    /// <param name="qemuVersion">See <see cref="VirtualMachine"/>.</param>
    public static void PrepareAnswers(string directory, string? qemuVersion)
    {
        Directory.CreateDirectory(directory);
        // It asks file(1) for the kernel's version, and where that does not know, as with an unpacked kernel, reads the
        // whole image through strings(1): 0.5 s of CPU a VM. It wants the version to find the kernel's modules, and
        // these guests have none, so any will do.
        Write(directory, "file", "echo \"$1: kernel image, version 0.0.0\"");
        // 0.05 s of CPU for an answer that stays the same. Whatever else is asked, QEMU itself gets to hear.
        if (qemuVersion is not null && !qemuVersion.Contains('\'', StringComparison.Ordinal) && CommandExecution.Find(Qemu) is { } qemu)
        {
            Write(directory, Qemu, $"[ \"$*\" != --version ] || {{ echo '{qemuVersion}'; exit; }}\nexec '{qemu}' \"$@\"");
        }
    }

    private static void Write(string directory, string name, string script)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
