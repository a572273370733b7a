using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>Tells a commit that does not build from a machine that cannot build.</summary>
internal static class BuildFailure
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

    /// <param name="result">Of a make that failed.</param>
    /// <param name="tree">Where the kernel's files lie: reasons name files by their place in the kernel.</param>
    /// <param name="target">What make was asked for.</param>
    /// <param name="duration">Of all calls of make.</param>
    public static BuildResult Of(FinishedCommand result, string tree, string target, TimeSpan duration)
    {
        var output = result.StandardOutput + result.StandardError;
        var lines = output.Replace(tree + "/", "", StringComparison.Ordinal).Split('\n');
        if (lines.FirstOrDefault(IsMachineFailure) is { } failure)
        {
            return new BuildResult.Aborted($"this machine could not build it: {failure.Trim()}");
        }
        if (result.Signal is { } signal)
        {
            return new BuildResult.Aborted($"this machine could not build it: make was ended by signal {signal}");
        }
        var error = lines.FirstOrDefault(l => l.Contains("error: ", StringComparison.OrdinalIgnoreCase))
            ?? lines.FirstOrDefault(l => l.Contains("***", StringComparison.Ordinal))
            ?? $"make {target} exited with {result.ExitCode}";
        return new BuildResult.Failed($"does not build: {error.Trim()}", duration);
    }

    private static bool IsMachineFailure(string line) =>
        _machineFailures.Any(words => line.Contains(words, StringComparison.OrdinalIgnoreCase));
}
