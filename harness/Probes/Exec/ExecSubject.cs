namespace Harness.Probes.Exec;

/// <summary>A program that a user wants to be run on each kernel.</summary>
/// <param name="At">Where it was named.</param>
/// <param name="IdStart">The id of its case as a whole: <c>exec.NAME</c>.</param>
/// <param name="File">The executable, or a script; absolute.</param>
public sealed record ExecSubject(string At, string IdStart, string File) : ProbeSubject(At, IdStart)
{
    /// <summary>In seconds, where nobody says otherwise.</summary>
    public const int UsualTimeout = 45;

    /// <summary>The part of its cases' ids.</summary>
    public string Name => IdStart[(ExecProbe.Layer.Length + 1)..];

    /// <summary>What it is started with, its own name left out.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What it finds in the guest beside its libraries.</summary>
    public IReadOnlyList<PlacedFile> Files { get; init; } = [];

    /// <summary>Variables <c>NAME=VALUE</c>, beside or instead of the usual ones.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>How long it may take, in seconds.</summary>
    public int Timeout { get; init; } = UsualTimeout;

    /// <summary>The exit code with which it passes.</summary>
    public int ExitCode { get; init; }

    /// <summary>
    /// It runs in a copy-on-write view of this machine's files, and not in a guest that has only what it needs.
    /// </summary>
    public bool SeesHost { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> KernelOptions => SeesHost ? ExecKernel.HostedOptions : [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> HostFiles => [File, .. Files.Select(file => file.Host)];

    /// <summary>In the guest: it lies there, and is started there.</summary>
    internal string Directory => SeesHost ? Path.GetDirectoryName(File)! : $"/programs/{Name}";

    /// <summary>Its path in the guest.</summary>
    internal HostedFile Program => new(Path.Combine(Directory, Path.GetFileName(File)), File);

    /// <summary>The directories in which it looks for libraries first, as the guest has them.</summary>
    internal IReadOnlyList<string> LibraryPath =>
    [
        .. Variables.Where(v => v.StartsWith(LibraryVariable, StringComparison.Ordinal)).TakeLast(1)
            .SelectMany(v => v[LibraryVariable.Length..].Split(':', ';')).Where(Path.IsPathRooted),
    ];

    private const string LibraryVariable = "LD_LIBRARY_PATH=";
}
