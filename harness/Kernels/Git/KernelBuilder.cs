using System.Text;
using System.Text.RegularExpressions;
using CliWrap;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>What came of a build: failure is data, a commit that does not build is stepped around.</summary>
public abstract record BuildResult
{
    private BuildResult()
    {
    }

    public sealed record Built(string Image, string Sha256, TimeSpan Duration) : BuildResult;

    public sealed record Failed(string Reason, TimeSpan Duration) : BuildResult;

    /// <summary>Our side failed: nothing is known of the commit.</summary>
    public sealed record Aborted(string Reason) : BuildResult;
}

/// <summary>How kernels are built.</summary>
/// <param name="Fragment">The user's, behind our own; <c>null</c> when there is none.</param>
/// <param name="MakeArguments">For make, behind our own.</param>
public sealed record BuildSettings(string Arch, string? Fragment, IReadOnlyList<string> MakeArguments, int Jobs)
{
    /// <summary>What the harness boots, as make calls it.</summary>
    public const string DefaultArch = "x86_64";
}

/// <summary>
/// Builds the smallest kernel that can answer: tinyconfig, our own fragment and the user's, out of tree, so that the next
/// commit's build is incremental. Through ccache where that is installed.
/// </summary>
/// <param name="directory">For the objects; whatever is there is built upon.</param>
/// <param name="tools">Programs that a build needs.</param>
public sealed partial class KernelBuilder(BuildSettings settings, string directory, IReadOnlyList<string>? tools = null)
{
    /// <summary>Written at the end of .config: of two settings of one option the last counts.</summary>
    private const string OwnFragment = """
        # What the prober needs, and what boots it.
        CONFIG_64BIT=y
        CONFIG_BPF_SYSCALL=y
        CONFIG_NET=y
        CONFIG_INET=y
        CONFIG_PERF_EVENTS=y
        CONFIG_CGROUPS=y
        CONFIG_CGROUP_BPF=y
        CONFIG_EPOLL=y
        CONFIG_FUTEX=y
        CONFIG_POSIX_TIMERS=y
        CONFIG_SHMEM=y
        CONFIG_MULTIUSER=y
        CONFIG_BINFMT_ELF=y
        CONFIG_BLK_DEV_INITRD=y
        CONFIG_RD_GZIP=y
        CONFIG_PROC_FS=y
        CONFIG_PROC_SYSCTL=y
        CONFIG_SYSFS=y
        CONFIG_DEVTMPFS=y
        CONFIG_PRINTK=y
        CONFIG_EARLY_PRINTK=y
        CONFIG_TTY=y
        CONFIG_SERIAL_8250=y
        CONFIG_SERIAL_8250_CONSOLE=y
        CONFIG_HYPERVISOR_GUEST=y
        CONFIG_PARAVIRT=y
        CONFIG_PVH=y
        # CONFIG_LOCALVERSION_AUTO is not set

        """;

    /// <summary>Part of the build's result, as far as make can tell: the same tree must give the same image.</summary>
    private static readonly string[] _reproducible =
        ["KBUILD_BUILD_TIMESTAMP=1970-01-01", "KBUILD_BUILD_USER=harness", "KBUILD_BUILD_HOST=harness", "KBUILD_BUILD_VERSION=1", "LOCALVERSION="];

    /// <summary>What make and compilers say when the machine fails them, which tells nothing of the commit.</summary>
    private static readonly string[] _ours =
    [
        "No space left on device", "Disk quota exceeded", "Cannot allocate memory", "virtual memory exhausted", "out of memory allocating",
        "Killed signal terminated program", "unable to execute command: Killed", "] Error 137", "Bus error", "Resource temporarily unavailable", "Read-only file system",
        "gelf.h: No such file", "libelf.h: No such file", "openssl/opensslv.h: No such file", "openssl/bio.h: No such file",
    ];

    /// <summary>Of the user's shell: they would change what is built, or with what, and no cache would know. What is wanted is said by arguments for make.</summary>
    private static readonly string[] _environment =
    [
        "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "GNUMAKEFLAGS", // of an outer make
        "KCFLAGS", "KAFLAGS", "KCPPFLAGS", "HOSTCFLAGS", "HOSTLDFLAGS", "CROSS_COMPILE", "KCONFIG_CONFIG", "KCONFIG_ALLCONFIG", "KBUILD_OUTPUT", "KBUILD_EXTMOD",
        "CC", "HOSTCC", "LD", "LLVM", "LLVM_IAS", "ARCH", "SUBARCH", "LOCALVERSION", "W", "V", "C", "M", "O",
    ];

    /// <summary>A script that runs a command, with a file there as long as that runs.</summary>
    private const string Marked = """: >"$0" && "$@"; code=$?; rm -f "$0"; exit $code""";

    private static readonly string[] _needed = ["flock", "make", "gcc", "ld", "flex", "bison", "bc"];

    /// <summary>What a tree must have to be built here, and to hold what is tested.</summary>
    private static readonly string[] _kernelFiles = ["Makefile", "Kconfig", "kernel/bpf"];

    /// <summary>Held by make, and all else that writes here: they outlive a harness that is killed.</summary>
    public string Lock => directory + ".lock";

    /// <summary>There while make runs: left behind when make was killed, whose half-written objects another make would take for whole ones.</summary>
    private string Broken => directory + ".broken";

    private string Config => Path.Combine(directory, ".config");

    /// <summary>What .config was made of.</summary>
    private string Configured => Path.Combine(directory, ".configured");

    /// <summary>Why nothing can be built on this machine; <c>null</c> when it can.</summary>
    public string? MissingTools()
    {
        var missing = (tools ?? _needed).Where(t => CommandExecution.Find(t) is null).ToList();
        return missing.Count == 0 ? null
            : $"to build kernels, {string.Join(", ", missing)} must be installed: run scripts/setup --kernels";
    }

    /// <summary>Why there is nothing to build in this commit; <c>null</c> when there is.</summary>
    public static async Task<string?> ProblemOfAsync(GitRepository repository, Commit commit, CancellationToken cancellation)
    {
        foreach (var file in _kernelFiles)
        {
            if (!await repository.HoldsAsync(commit.Id, file, cancellation).ConfigureAwait(false))
            {
                return $"{repository.Directory} is no kernel tree: {commit.Short} has no {file}";
            }
        }
        return null;
    }

    /// <summary>Configuration and toolchain in one hash: what an image depends on besides its tree.</summary>
    public static async Task<string> IdentityAsync(BuildSettings settings, CancellationToken cancellation)
    {
        var versions = new StringBuilder();
        foreach (var tool in new[] { "gcc", "ld", "clang" }.Concat(settings.MakeArguments.Select(Compiler).OfType<string>()).Where(t => CommandExecution.Find(t) is not null))
        {
            versions.Append((await new Command(tool).WithArguments(["--version"]).TryRunAsync(cancellation).ConfigureAwait(false)).StandardOutput.Split('\n')[0]).Append('\n');
        }
        var text = string.Join('\n', [OwnFragment, settings.Fragment ?? "", settings.Arch, .. settings.MakeArguments, versions.ToString()]);
        return Hashes.Sha256OfText(text);
    }

    /// <summary>The compiler that an argument for make names: <c>CC=ccache gcc-13</c>, <c>LLVM=-18</c>, <c>CROSS_COMPILE=x86_64-linux-gnu-</c>.</summary>
    private static string? Compiler(string argument) => argument.Split('=', 2) switch
    {
        ["CC" or "LD", var command] => command.Split(' ')[^1],
        ["LLVM", ['-', ..] suffix] => "clang" + suffix,
        ["CROSS_COMPILE", var prefix] => prefix + "gcc",
        _ => null,
    };

    /// <summary>Waits for the end of a build that a killed harness left running: it must not see another commit's files.</summary>
    public Task WaitForOthersAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        return new Command("flock").WithArguments([Lock, "true"]).RunAsync(cancellation);
    }

    /// <summary>A hash of all files of a commit that have a say in its configuration: with the same, configuring is left out.</summary>
    public static async Task<string> ConfigurationAsync(GitRepository repository, Commit commit, CancellationToken cancellation)
    {
        var files = await repository.AskAsync(cancellation, "ls-tree", "-r", commit.Tree).ConfigureAwait(false);
        return Hashes.Sha256OfText(string.Join('\n', files.Split('\n').Where(line => Configures().IsMatch(line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]))));
    }

    /// <param name="tree">With the commit checked out.</param>
    /// <param name="configuration">The commit's (<see cref="ConfigurationAsync"/>).</param>
    /// <param name="log">Gets all that make says.</param>
    /// <param name="clean">Nothing of earlier builds is used.</param>
    /// <exception cref="OperationCanceledException">Interrupted; no compiler is left.</exception>
    public async Task<BuildResult> BuildAsync(string tree, string configuration, string log, bool clean, CancellationToken cancellation)
    {
        if (clean || File.Exists(Broken))
        {
            Files.Remove(directory);
            File.Delete(Broken);
        }
        Directory.CreateDirectory(directory);
        File.Delete(log);
        var image = Path.Combine(directory, "vmlinux");
        File.Delete(image);
        var duration = TimeSpan.Zero;
        async Task<BuildResult?> ProblemAsync(string target)
        {
            var result = await Make(tree, target).TryRunAsync(cancellation).ConfigureAwait(false);
            duration += result.RunTime;
            await File.AppendAllTextAsync(log, $"# {result.Command.ToShell()}\n{result.StandardOutput}{result.StandardError}", cancellation).ConfigureAwait(false);
            return result.IsSuccess ? null : Failed(result, tree, target, duration);
        }
        // Configuring takes half as long as all else of an incremental build.
        if (!(File.Exists(Config) && File.Exists(Configured) && File.ReadAllText(Configured) == configuration))
        {
            File.Delete(Configured);
            if (await ProblemAsync("tinyconfig").ConfigureAwait(false) is { } tiny)
            {
                return tiny;
            }
            await File.AppendAllTextAsync(Config, $"\n{OwnFragment}{settings.Fragment}\n", cancellation).ConfigureAwait(false);
            if (await ProblemAsync("olddefconfig").ConfigureAwait(false) is { } completed)
            {
                return completed;
            }
            await File.WriteAllTextAsync(Configured, configuration, cancellation).ConfigureAwait(false);
        }
        if (await ProblemAsync("vmlinux").ConfigureAwait(false) is { } problem)
        {
            return problem;
        }
        if (!File.Exists(image))
        {
            return new BuildResult.Failed("make made no vmlinux", duration);
        }
        return new BuildResult.Built(image, await Hashes.Sha256OfFileAsync(image, cancellation).ConfigureAwait(false), duration);
    }

    private static BuildResult Failed(FinishedCommand result, string tree, string target, TimeSpan duration)
    {
        // A file's place in the kernel tells more than its place on this machine.
        var lines = (result.StandardOutput + result.StandardError).Replace(tree + "/", "", StringComparison.Ordinal).Split('\n');
        if (lines.FirstOrDefault(l => _ours.Any(words => l.Contains(words, StringComparison.OrdinalIgnoreCase))) is { } ours)
        {
            return new BuildResult.Aborted($"this machine could not build it: {ours.Trim()}");
        }
        if (result.Signal is { } signal)
        {
            return new BuildResult.Aborted($"this machine could not build it: make was ended by signal {signal}");
        }
        var error = lines.FirstOrDefault(l => l.Contains("error: ", StringComparison.OrdinalIgnoreCase))
            ?? lines.FirstOrDefault(l => l.Contains("***", StringComparison.Ordinal)) ?? $"make {target} exited with {result.ExitCode}";
        return new BuildResult.Failed($"does not build: {error.Trim()}", duration);
    }

    private Command Make(string tree, string target)
    {
        bool Told(params string[] variables) => settings.MakeArguments.Any(a => variables.Any(v => a.StartsWith(v + "=", StringComparison.Ordinal)));
        IEnumerable<string> ccache = CommandExecution.Find("ccache") is null || Told("CC", "LLVM", "CROSS_COMPILE") ? [] : ["CC=ccache gcc"];
        // Called for every object (scripts/check-local-export). Where LLVM is installed, nm loads each version's plugin first: 0.35 s each time, half of a build.
        IEnumerable<string> nm = Told("NM", "LLVM", "CROSS_COMPILE") ? [] : ["NM=nm --plugin /dev/null"];
        return new Command("flock")
            .WithArguments([Lock, "sh", "-c", Marked, Broken, "make", "-C", tree, $"O={directory}", $"ARCH={settings.Arch}", $"-j{settings.Jobs}", .. ccache, .. nm, .. _reproducible, .. settings.MakeArguments, target])
            .WithoutEnvironmentVariables(_environment)
            .WithEnvironmentVariable("LC_ALL", "C");
    }

    // Kconfig asks programs of scripts/, and the Makefiles hand it what they know of the compiler.
    [GeneratedRegex(@"^(Makefile$|scripts/|arch/[^/]+/Makefile|(.*/)?Kconfig[^/]*$|.*/configs/)", RegexOptions.CultureInvariant)]
    private static partial Regex Configures();
}
