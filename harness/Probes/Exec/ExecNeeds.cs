using Harness.Machines;

namespace Harness.Probes.Exec;

/// <summary>What one program needs in a guest, found on this machine without running anything of the user's.</summary>
internal sealed class ExecNeeds
{
    /// <summary>A script may be run by another one; the kernel follows four (fs/exec.c: exec_binprm).</summary>
    private const int MostInterpreters = 4;

    /// <summary>Where env(1) looks, as the guest has it (bpf/exec/task.c).</summary>
    private static readonly string[] _path =
        ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    private readonly Dictionary<string, string> _placed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _programs = new(StringComparer.Ordinal);
    private readonly Machine _machine;
    private readonly IReadOnlyList<Machine> _machines;
    private readonly LibrarySearch _libraries;

    /// <param name="machine">That runs it.</param>
    /// <param name="cache">What ldconfig knows.</param>
    /// <param name="machines">Those whose kernels can be booted.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public ExecNeeds(ExecSubject subject, Machine machine, LibraryCache cache, IReadOnlyList<Machine> machines)
    {
        (_machine, _machines) = (machine, machines);
        foreach (var file in subject.Files)
        {
            _placed[file.In(subject.Directory)] = file.Host;
        }
        _libraries = new LibrarySearch(machine, cache, _placed, subject.LibraryPath);
        Problem = AddProgram(subject.Program, 0) ?? subject.Files.Select(file => AddFile(file, subject.Directory))
            .FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Why it cannot be run, as the rest of a sentence; <c>null</c> when all that it needs is there.</summary>
    public string? Problem { get; }

    /// <summary>
    /// The machine that the program is for, where it is another one of those whose kernels are booted.
    /// </summary>
    public Machine? OtherMachine { get; private set; }

    /// <summary>The program is a script: what it calls is not known.</summary>
    public bool IsScript { get; private set; }

    /// <summary>Interpreters, loaders and libraries, by their paths in the guest: what comes along by itself.</summary>
    public IReadOnlyList<string> Further =>
    [
        .. _programs.Skip(1), .. _libraries.Found.Select(file => file.Guest),
        .. _libraries.NeedsCache ? [LibraryCache.File] : Array.Empty<string>(),
    ];

    /// <summary>All files, each once.</summary>
    public IEnumerable<HostedFile> Files =>
        _programs.Select(path => new HostedFile(path, _placed[path]))
            .Concat(_placed.Select(file => new HostedFile(file.Key, file.Value)))
            .Concat(_libraries.Found)
            .Concat(_libraries.NeedsCache ? [HostedFile.Same(LibraryCache.File)] : [])
            .DistinctBy(file => file.Guest, StringComparer.Ordinal);

    /// <summary>Programs and loaders are run; of other files, those that may be run on this machine.</summary>
    public uint Permissions(HostedFile file) =>
        _programs.Contains(file.Guest) || (File.GetUnixFileMode(file.Host) & UnixFileMode.UserExecute) != 0
            ? GuestFile.Executable : GuestFile.Readable;

    private string? AddProgram(HostedFile program, int depth)
    {
        var host = _placed.GetValueOrDefault(program.Guest, program.Host);
        var (elf, script, problem) = ProgramFile.Read(host, _machine);
        if (problem is not null)
        {
            OtherMachine = depth > 0 || elf is null ? null
                : _machines.FirstOrDefault(other => other.ElfMachine == elf.Machine && other != _machine);
            return depth == 0 ? problem : $"is run by {program.Guest}, which {problem}";
        }
        _placed[program.Guest] = host;
        _programs.Add(program.Guest);
        if (elf is not null)
        {
            return _libraries.Add(program, elf);
        }
        IsScript = true;
        return depth == MostInterpreters
            ? "is a script for a script for a script, deeper than the kernel follows"
            : AddInterpreter(script!, depth + 1);
    }

    private string? AddInterpreter(ScriptLine script, int depth)
    {
        if (!IsThere(script.Interpreter))
        {
            return $"is a script for {script.Interpreter}, which is not on this machine";
        }
        if (OfPython(script.Interpreter) is { } reason)
        {
            return reason;
        }
        return AddProgram(HostedFile.Same(script.Interpreter), depth) ?? AddCalledByEnv(script, depth);
    }

    /// <summary>The program that <c>#!/usr/bin/env NAME</c> means, which env looks up when it runs.</summary>
    private string? AddCalledByEnv(ScriptLine script, int depth)
    {
        if (Path.GetFileName(script.Interpreter) != "env")
        {
            return null;
        }
        var name = script.Argument.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => word[0] != '-' && !word.Contains('=', StringComparison.Ordinal));
        if (name is null)
        {
            return null;
        }
        var path = name.Contains('/', StringComparison.Ordinal) ? name
            : _path.Select(directory => $"{directory}/{name}").FirstOrDefault(IsThere);
        return path is null || !IsThere(path)
            ? $"is a script for {name}, which is not on this machine ({string.Join(':', _path)})"
            : OfPython(path) ?? AddProgram(HostedFile.Same(path), depth);
    }

    /// <summary>Python does not start without its own modules, of which there are thousands.</summary>
    private static string? OfPython(string interpreter) =>
        Path.GetFileName(interpreter).StartsWith("python", StringComparison.Ordinal)
            ? $"is a script for {interpreter}, which does not start without its modules, and they do not come along"
            : null;

    /// <summary>A file of the user's that is a program or a library brings its libraries, too.</summary>
    private string? AddFile(PlacedFile file, string directory)
    {
        var place = new HostedFile(file.In(directory), file.Host);
        using var content = Harness.Files.OpenRegular(file.Host);
        var head = new byte[4];
        if (content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
            || !head.AsSpan().SequenceEqual("\u007fELF"u8))
        {
            return null;
        }
        return ElfFile.Read(content).File is { IsProgram: true } elf && elf.Machine == _machine.ElfMachine
            && _libraries.Add(place, elf) is { } problem
            ? $"has the file {place.Guest}, which {problem}" : null;
    }

    private bool IsThere(string path) =>
        Path.IsPathRooted(path) && File.Exists(_placed.GetValueOrDefault(path, path));
}
