using System.Globalization;
using CliWrap;
using Harness.Machines;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>
/// Builds the smallest kernel that can answer, out of tree, so that the next commit's build is incremental. It uses
/// ccache where that is installed.
/// </summary>
/// <param name="directory">For the objects; a build goes on from what is there.</param>
public sealed class KernelBuilder(BuildSettings settings, string directory)
{
    /// <summary>They make a build reproducible: the same tree gives the same image.</summary>
    private static readonly string[] _reproducible =
    [
        "KBUILD_BUILD_TIMESTAMP=1970-01-01", "KBUILD_BUILD_USER=harness", "KBUILD_BUILD_HOST=harness",
        "KBUILD_BUILD_VERSION=1", "LOCALVERSION=",
    ];

    /// <summary>
    /// Variables of the user's shell that change what is built, or with what, which no cache would know. A user gives
    /// arguments for make instead.
    /// </summary>
    private static readonly string[] _environment =
    [
        "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "GNUMAKEFLAGS", // of an outer make
        "KCFLAGS", "KAFLAGS", "KCPPFLAGS", "HOSTCFLAGS", "HOSTLDFLAGS", "CROSS_COMPILE", "KCONFIG_CONFIG",
        "KCONFIG_ALLCONFIG", "KBUILD_OUTPUT", "KBUILD_EXTMOD", "CC", "HOSTCC", "LD", "LLVM", "LLVM_IAS", "ARCH",
        "SUBARCH", "LOCALVERSION", "W", "V", "C", "M", "O",
    ];

    /// <summary>
    /// A shell program: a file of its first argument's name exists while the command behind it runs. Asked to end, the
    /// shell waits for the command, which was asked, too.
    /// </summary>
    private const string Marked = """trap : TERM; : >"$0" && "$@"; code=$?; rm -f "$0"; exit $code""";

    /// <summary>What a tree must have to be built here, and to hold what is tested.</summary>
    private static readonly string[] _kernelFiles = ["Makefile", "Kconfig", "kernel/bpf"];

    /// <summary>
    /// A file that make, and whatever else writes here, holds with flock(1): a make outlives a harness that is killed.
    /// </summary>
    public string Lock => directory + ".lock";

    /// <summary>
    /// A file that exists while make runs. When make is killed (SIGKILL) it stays, and tells the next build that
    /// half-written objects may lie here, which make would take for whole ones.
    /// </summary>
    private string Broken => directory + ".broken";

    /// <summary>Whether a build can go on from an earlier one's objects.</summary>
    public bool HasObjects => File.Exists(Configured) && !File.Exists(Broken);

    /// <summary>The configuration of the last build.</summary>
    public string Config => Path.Combine(directory, ".config");

    /// <summary>A file in which ccache says what it had of the objects of the last build.</summary>
    private string CacheLog => directory + ".ccache";

    /// <summary>A file with the hash of what .config was made of.</summary>
    private string Configured => Path.Combine(directory, ".configured");

    private Machine Machine => settings.Machine;

    /// <summary>Why there is nothing to build in this commit; <c>null</c> when there is.</summary>
    /// <exception cref="GitException">The repository cannot be read.</exception>
    public static async Task<string?> ProblemOfAsync(
        GitRepository repository, Commit commit, CancellationToken cancellation)
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

    /// <summary>
    /// Waits for the end of a build that a killed harness left running, so that it does not see another commit's files.
    /// </summary>
    public Task<FinishedCommand> WaitForOthersAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        return new Command("flock").WithArguments([Lock, "true"])
            .RunAsync(cancellation, CommandExecution.LongestBuild);
    }

    /// <param name="tree">With the commit checked out.</param>
    /// <param name="configuration">The commit's hash (<see cref="KernelConfiguration.HashAsync"/>).</param>
    /// <param name="build">Gets all that make says.</param>
    /// <param name="clean">Nothing of earlier builds is used.</param>
    /// <exception cref="OperationCanceledException">Interrupted; no compiler is left.</exception>
    /// <exception cref="IOException">The directory or the log cannot be written.</exception>
    internal async Task<BuildResult> BuildAsync(
        string tree, string configuration, MakeLog build, bool clean, CancellationToken cancellation)
    {
        if (clean || File.Exists(Broken))
        {
            Files.Remove(directory);
            File.Delete(Broken);
        }
        Directory.CreateDirectory(directory);
        var image = Path.Combine(directory, Machine.BuiltImage);
        File.Delete(image);
        File.Delete(CacheLog);
        if (settings.BeforeBuild is { } command
            && await PrepareAsync(tree, command, build, cancellation).ConfigureAwait(false) is { } unprepared)
        {
            return unprepared;
        }
        if (await ConfigureAsync(tree, configuration, build, cancellation).ConfigureAwait(false) is { } unconfigured)
        {
            return unconfigured;
        }
        if (await MakeAsync(tree, Machine.BuildTarget, build, cancellation).ConfigureAwait(false) is { } problem)
        {
            return problem;
        }
        if (!File.Exists(image))
        {
            return new BuildResult.Failed($"make made no {Machine.BuiltImage}", build.Duration)
            {
                MayBeOfEarlierObjects = true,
            };
        }
        var sha256 = await Hashes.Sha256OfFileAsync(image, cancellation).ConfigureAwait(false);
        var cache = CompilerCacheUse.Read(CacheLog);
        if (cache is not null)
        {
            build.Note(cache.ToString());
        }
        return new BuildResult.Built(image, sha256, build.Duration) { CompilerCache = cache };
    }

    /// <summary>Runs the user's command in a tree. It may change Kconfig files, so that .config is made anew.</summary>
    /// <returns>What went wrong; <c>null</c> when nothing did.</returns>
    private async Task<BuildResult?> PrepareAsync(
        string tree, string command, MakeLog log, CancellationToken cancellation)
    {
        File.Delete(Configured);
        // What the command leaves in the background does not get the lock (flock(1), --close).
        var prepare = new Command("flock").WithArguments(["-o", Lock, "sh", "-c", command]).WithWorkingDirectory(tree)
            .WithoutEnvironmentVariables(_environment).WithEnvironmentVariable("LC_ALL", "C");
        try
        {
            var result = await log.RunAsync(prepare, cancellation, CommandExecution.LongestRun).ConfigureAwait(false);
            var said = log.Output.Telling is { } line ? $": {line}" : "";
            return result.IsSuccess ? null : new BuildResult.Failed(string.Create(
                CultureInfo.InvariantCulture, $"--before-build exited with {result.ExitCode}{said}"), log.Duration)
            {
                BeforeCompilers = true,
            };
        }
        catch (CommandException e)
        {
            return new BuildResult.Failed($"--before-build: {e.Message.Split('\n')[0]}", log.Duration)
            {
                BeforeCompilers = true,
            };
        }
    }

    /// <summary>Writes what a .config sets beyond Kconfig's defaults, as make savedefconfig does.</summary>
    /// <returns>Why there is no such file; <c>null</c> when there is one.</returns>
    internal async Task<string?> DifferenceAsync(
        string tree, string config, string difference, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        var made = Path.Combine(directory, "defconfig");
        File.Delete(made);
        using var log = new MakeLog(Path.Combine(directory, "defconfig.log"), _ => { });
        var failed = await MakeAsync(tree, "savedefconfig", log, cancellation, $"KCONFIG_CONFIG={config}")
            .ConfigureAwait(false);
        if (failed is not null || !File.Exists(made))
        {
            return log.Output.Telling ?? "make savedefconfig wrote nothing";
        }
        File.Copy(made, difference, overwrite: true);
        return null;
    }

    /// <summary>
    /// Makes .config, unless it is there already: making it takes half as long as the rest of an incremental build.
    /// </summary>
    /// <returns>What went wrong; <c>null</c> when nothing did.</returns>
    private async Task<BuildResult?> ConfigureAsync(
        string tree, string configuration, MakeLog log, CancellationToken cancellation)
    {
        if (File.Exists(Config) && File.Exists(Configured) && File.ReadAllText(Configured) == configuration)
        {
            return null;
        }
        File.Delete(Configured);
        if (await MakeAsync(tree, "tinyconfig", log, cancellation).ConfigureAwait(false) is { } tiny)
        {
            return tiny;
        }
        var lines = KernelConfiguration.Lines(settings);
        await File.AppendAllTextAsync(Config, $"\n{lines}", cancellation).ConfigureAwait(false);
        if (await MakeAsync(tree, "olddefconfig", log, cancellation).ConfigureAwait(false) is { } completed)
        {
            return completed;
        }
        var config = await File.ReadAllTextAsync(Config, cancellation).ConfigureAwait(false);
        if (UnsetOptions.Of(settings.ProbeOptions.Needed, config, tree) is { Count: > 0 } unset)
        {
            return new BuildResult.Failed(
                $"cannot answer: its configuration lacks {string.Join(", ", unset)}, which what is asked needs;"
                    + " --kernel-config (in a matrix, config) gives a file of further options", log.Duration);
        }
        await File.WriteAllTextAsync(Configured, configuration, cancellation).ConfigureAwait(false);
        return null;
    }

    /// <returns>What went wrong; <c>null</c> when nothing did.</returns>
    private async Task<BuildResult?> MakeAsync(
        string tree, string target, MakeLog log, CancellationToken cancellation, params string[] further)
    {
        var result = await log
            .RunAsync(Make(tree, target, further), cancellation, tidy: settings.EndsTidily).ConfigureAwait(false);
        return result.IsSuccess ? null : BuildFailure.Of(result, log.Output, tree, target, log.Duration);
    }

    private Command Make(string tree, string target, IEnumerable<string> further)
    {
        var ccache = CommandExecution.Find("ccache") is null ? null : "ccache";
        IEnumerable<string> compiler = settings.Compiler is { } chosen ? chosen.MakeArguments(ccache)
            : ccache is null || IsGiven("CC", "LLVM", "CROSS_COMPILE") ? [] : [$"CC={ccache} gcc"];
        // nm is called for every object (scripts/check-local-export). Where LLVM is installed, it loads the plugin of
        // each version first: 0.35 s each time, half of a build.
        var givesNm = IsGiven("NM", "LLVM", "CROSS_COMPILE") || settings.Compiler is { IsToolchain: true };
        IEnumerable<string> nm = givesNm ? [] : ["NM=nm --plugin /dev/null"];
        return new Command("flock")
            .WithArguments([
                Lock, "sh", "-c", Marked, Broken,
                "make", "-C", tree, $"O={directory}", $"ARCH={Machine.KernelArch}", $"-j{settings.Jobs}",
                .. compiler, .. nm, .. _reproducible, .. settings.MakeArguments, .. further, target,
            ])
            .WithoutEnvironmentVariables(_environment)
            .WithEnvironmentVariable("LC_ALL", "C")
            .WithEnvironmentVariable(CompilerCacheUse.LogVariable, CacheLog);
    }

    /// <summary>Whether the user's arguments for make set one of these variables.</summary>
    private bool IsGiven(params string[] variables) => settings.MakeArguments.Any(argument =>
        variables.Any(variable => argument.StartsWith(variable + "=", StringComparison.Ordinal)));
}
