using System.Text.RegularExpressions;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>Tells a commit that does not build from a machine that cannot build.</summary>
internal static partial class BuildFailure
{
    /// <summary>What make and compilers say when the machine fails them, which tells nothing of the commit.</summary>
    private static readonly string[] _machineFailures =
    [
        "No space left on device", "Disk quota exceeded", "Read-only file system",
        "Cannot allocate memory", "virtual memory exhausted", "out of memory allocating",
        "Killed signal terminated program", "unable to execute command: Killed", "] Error 137", "Bus error",
        "Resource temporarily unavailable",
        "gelf.h: No such file", "libelf.h: No such file", "openssl/opensslv.h: No such file",
        "openssl/bio.h: No such file",
    ];

    /// <summary>What compilers and assemblers say of a file that is not there.</summary>
    private static readonly string[] _missing = ["No such file or directory", "file not found", "Could not find"];

    /// <param name="result">Of a make that failed.</param>
    /// <param name="output">What it said.</param>
    /// <param name="tree">Where the kernel's files lie: reasons name files by their place in the kernel.</param>
    /// <param name="target">What make was asked for.</param>
    /// <param name="duration">Of all calls of make.</param>
    public static BuildResult Of(
        FinishedCommand result, MakeOutput output, string tree, string target, TimeSpan duration)
    {
        if (output.OfMachine is { } failure)
        {
            return new BuildResult.Aborted($"this machine could not build it: {Short(failure)}");
        }
        if (result.Signal is { } signal)
        {
            return new BuildResult.Aborted($"this machine could not build it: make was ended by signal {signal}");
        }
        var error = output.Telling ?? $"make {target} exited with {result.ExitCode}";
        return new BuildResult.Failed($"does not build: {Short(error)}", duration)
        {
            MayBeOfEarlierObjects = !NamesLineOfSource(error, tree),
        };

        string Short(string line) => line.Replace(tree + "/", "", StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether a compiler or Kconfig names a line of the commit's own files, and says of it something else than that a
    /// file which it includes is not there: that one may be generated, by rules of another commit.
    /// </summary>
    /// <param name="error">As it was said: compilers name the commit's files by their whole path.</param>
    /// <param name="tree">Where the commit's files lie.</param>
    public static bool NamesLineOfSource(string error, string tree) =>
        LineOfFile().Match(error) is { Success: true } match
        && IsOfCommit(match.Groups["file"].Value, tree)
        && !error.Contains(": *** ", StringComparison.Ordinal)
        && !_missing.Any(words => error.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Kconfig names files by their place in the kernel; what else is named so was made by the build.
    /// </summary>
    private static bool IsOfCommit(string file, string tree) =>
        file.StartsWith(tree + "/", StringComparison.Ordinal)
        || Path.GetFileName(file).StartsWith("Kconfig", StringComparison.Ordinal);

    /// <summary>Whether a line says that the machine is at fault.</summary>
    public static bool IsMachines(string line) =>
        _machineFailures.Any(words => line.Contains(words, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^(?<file>[^\s:]+):\d+(:\d+)?: ", RegexOptions.CultureInvariant)]
    private static partial Regex LineOfFile();
}
