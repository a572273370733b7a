using System.Text.Json;
using CliWrap;
using Harness.Processes;
using Harness.Runs;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Faults;

/// <summary>
/// One test's directory, in which the harness has its cache, its temporary files and its results. The directory's name
/// is unique, so whatever names it, a process or a file, belongs to this test.
/// </summary>
internal sealed class FaultLab : IDisposable
{
    /// <summary>A harness that takes longer hangs: it and all that it started are killed, and the test fails.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(4);

    /// <summary>How the harness names what it has not finished writing.</summary>
    private static readonly string[] _unfinished = [".tmp", ".partial", ".new", ".part"];

    private readonly TemporaryDirectory _directory = new();
    private readonly CleanRun _clean;

    /// <param name="clean">Its kernels are the rest of every matrix, and its cache is where this one begins.</param>
    public FaultLab(CleanRun clean)
    {
        _clean = clean;
        Directory.CreateDirectory(TempHome);
        Directory.CreateDirectory(CacheHome);
        if (Directory.Exists(clean.CacheHome))
        {
            Link(clean.CacheHome, CacheHome);
        }
    }

    /// <summary>
    /// <c>XDG_CACHE_HOME</c> of the harness. Its large files are hard links to those of the clean run: a test that
    /// damages one replaces it, and does not write into it.
    /// </summary>
    public string CacheHome => _directory["cache"];

    /// <summary><c>TMPDIR</c> of the harness.</summary>
    public string TempHome => _directory["temp"];

    /// <summary>Another cache than <see cref="CacheHome"/>.</summary>
    public string Cache { get => field ?? CacheHome; set; }

    /// <summary>Another directory of temporary files than <see cref="TempHome"/>.</summary>
    public string Temp { get => field ?? TempHome; set; }

    /// <summary>The checkout whose harness is run.</summary>
    public string Checkout { get; set; } = RealRun.Repository.Path;

    /// <summary>The run directory.</summary>
    public string Run { get => field ?? _directory["run"]; set; }

    /// <summary>A path in this test's directory.</summary>
    public string this[params string[] parts] => _directory[parts];

    /// <summary>Variables that the harness gets beside the usual ones.</summary>
    public Dictionary<string, string?> Variables { get; } = [];

    public string Write(string name, string text) => _directory.Write(name, text);

    /// <summary>Puts a script of bash before a program of this machine.</summary>
    public void StandIn(string program, string script)
    {
        var path = Write($"bin/{program}", $"#!/bin/bash\n{script}\n");
        // QEMU runs as another user where the harness is root, and a temporary directory is its owner's alone.
        foreach (var part in new[] { _directory.Path, this["bin"], path })
        {
            File.SetUnixFileMode(part, File.GetUnixFileMode(part) | UnixFileMode.UserExecute
                | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
        Variables["PATH"] = $"{this["bin"]}:{System.Environment.GetEnvironmentVariable("PATH")}";
    }

    /// <summary>Writes a matrix: these entries, and after them the kernels of the clean run.</summary>
    /// <param name="entries">Of the key <c>kernels</c>, in YAML, indented by two spaces; may be empty.</param>
    public string Matrix(string entries, string further = "")
    {
        var rest = string.Concat(_clean.Kernels.Select(kernel => Image(kernel.Id, kernel.Image)));
        var expectations = Path.Combine(RealRun.Repository.Path, "expectations.yaml");
        var lines = entries.Length == 0 ? "" : entries.TrimEnd('\n') + "\n";
        return Write("kernels.yaml", $"kernels:\n{lines}{rest}expectations_file: {expectations}\n{further}");
    }

    /// <summary>An entry of a matrix. A text in JSON is one in YAML, too.</summary>
    public static string Image(string id, string path) =>
        $"  - image: {JsonSerializer.Serialize(path)}\n    name: {id}\n";

    /// <summary>The harness, with this test's directories, as a process of its own.</summary>
    public Command Harness(params IEnumerable<string> arguments)
    {
        var variables = new Dictionary<string, string?>(Variables)
        {
            ["XDG_CACHE_HOME"] = Cache,
            ["TMPDIR"] = Temp,
        };
        return RealRun.HarnessOf(Checkout, [.. arguments]).WithFurtherVariables(variables);
    }

    /// <summary>
    /// A shell script around a command of this lab, which is <c>"$@"</c> in it; <c>$lab</c> is the lab's directory.
    /// </summary>
    public Command Shell(string script, Command command) => new Command("bash")
        .WithArguments(arguments => arguments.Add("-c").Add(script).Add("bash").Add(command.TargetFilePath)
            .Add(command.Arguments, escape: false))
        .WithEnvironmentVariables(
            new Dictionary<string, string?>(command.EnvironmentVariables) { ["lab"] = _directory.Path });

    /// <summary>
    /// The arguments of a run of a matrix under emulation, which boots each kernel unless they say otherwise.
    /// </summary>
    public IReadOnlyList<string> Arguments(string entries, params IEnumerable<string> arguments) =>
    [
        "run", "--accel", "tcg", "--kernels", Matrix(entries), "--case", CleanRun.Cases, "--out", Run,
        .. RealRun.ColdUnlessSaid(arguments),
    ];

    /// <summary>Runs the matrix with these entries before the kernels of the clean run.</summary>
    /// <param name="arguments">Further options.</param>
    public async Task<FaultRun> RunAsync(string entries, params IEnumerable<string> arguments) =>
        await RunAsync(Harness(Arguments(entries, arguments)));

    /// <summary>Runs the matrix of the clean run in a shell script (<see cref="Shell"/>).</summary>
    public async Task<FaultRun> RunInAsync(string script, params IEnumerable<string> arguments) =>
        await RunAsync(Shell(script, Harness(Arguments("", arguments))));

    /// <summary>
    /// Runs the matrix of the clean run with a small disk of its own in the directory <c>disk</c> of this lab, which
    /// nobody else sees (mount_namespaces(7)). Only root may mount, or a user in a user namespace.
    /// </summary>
    /// <param name="disk">The options of tmpfs(5): <c>size=24k</c>.</param>
    /// <param name="before">What is done to the disk first, in shell.</param>
    /// <param name="after">What is done to it when the run has ended.</param>
    public Task<FaultRun> RunOnDiskAsync(
        string disk, string before = "", string after = "", params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(this["disk"]);
        var user = System.Environment.IsPrivilegedProcess ? "" : "--map-root-user";
        var inside = $"""
            set -e; mount -t tmpfs -o {disk} none "$lab/disk"; {before}
            set +e; "$@"; code=$?; {after}
            exit $code
            """;
        return RunInAsync($"unshare --mount {user} bash -c '{inside}' bash \"$@\"", arguments);
    }

    /// <summary>Runs a command that <see cref="Harness"/> gave and the test changed.</summary>
    public async Task<FaultRun> RunAsync(Command command) =>
        new(await command.TryRunAsync(CancellationToken.None, _longest), Run);

    /// <summary>
    /// Running processes that name this test's directory on their command line, in their environment or as their
    /// working directory, with their command lines.
    /// </summary>
    public IReadOnlyList<string> Processes() => ProcessTable.Naming(_directory.Path);

    /// <summary>
    /// What a run that has ended may not leave: anything in the directory of temporary files, a working directory of a
    /// VM, and files that were not finished, wherever.
    /// </summary>
    public IReadOnlyList<string> Litter()
    {
        var all = Directory.EnumerateFileSystemEntries(_directory.Path, "*", SearchOption.AllDirectories);
        return
        [
            .. all.Where(path => path.StartsWith(TempHome + "/", StringComparison.Ordinal)
                || path.StartsWith(Path.Combine(Run, RunDirectory.WorkName), StringComparison.Ordinal)
                || _unfinished.Any(end => path.EndsWith(end, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Nothing that the harness started runs, and nothing is left of what only lasts as long as a run.
    /// </summary>
    /// <param name="leaves">What the test itself leaves: paths, or beginnings of paths.</param>
    public void AssertNothingIsLeft(IEnumerable<string> leaves)
    {
        Assert.That(Processes(), Is.Empty, "processes that still run");
        Assert.That(Litter().Where(path => !leaves.Any(path.StartsWith)), Is.Empty, "files that are left");
    }

    public void Dispose()
    {
        _directory.KillProcesses();
        _directory.Dispose();
    }

    private static void Link(string from, string to) => new Command("cp")
        .WithArguments(["--archive", "--link", "--no-target-directory", from, to])
        .RunAsync(CancellationToken.None).GetAwaiter().GetResult();
}
