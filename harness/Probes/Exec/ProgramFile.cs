namespace Harness.Probes.Exec;

/// <summary>Looks at a file that is to be run: an ELF program for a machine, or a script.</summary>
internal static class ProgramFile
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Why a path names no file that can be read at all; <c>null</c> when it does.</summary>
    public static string? PathProblem(string path)
    {
        try
        {
            using var file = Files.OpenRegular(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? $"no such file: {path}"
                : Directory.Exists(path) ? $"{path} is a directory"
                : e.Message;
        }
    }

    /// <returns>The program or the script; or why it cannot be run, as the rest of a sentence.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static (ElfFile? Elf, ScriptLine? Script, string? Problem) Read(string path, Machines.Machine machine)
    {
        using var file = Files.OpenRegular(path);
        if ((File.GetUnixFileMode(file.SafeFileHandle) & Executable) == 0)
        {
            return (null, null, "is not executable (chmod +x)");
        }
        var head = new byte[ScriptLine.Longest];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (head.AsSpan(0, length).StartsWith("\u007fELF"u8))
        {
            var (elf, problem) = ElfFile.Read(file);
            return (elf, null, problem ?? Problem(elf!, machine));
        }
        if (ScriptLine.Read(head.AsSpan(0, length)) is { } script)
        {
            return (null, script, null);
        }
        return (null, null, length == 0 ? "is empty" : "is neither an ELF program nor a script that begins with #!");
    }

    private static string? Problem(ElfFile elf, Machines.Machine machine) =>
        elf.Machine != machine.ElfMachine
            ? $"is a program for {elf.MachineName}, and the kernels are for {machine.Name}"
            : elf.IsProgram ? null : "is an ELF file, and no program: it is not linked";
}
