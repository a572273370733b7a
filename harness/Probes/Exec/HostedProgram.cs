using Harness.Machines;

namespace Harness.Probes.Exec;

/// <summary>
/// Looks at a program that is to run in a view of this machine's files: it needs nothing brought along.
/// </summary>
internal static class HostedProgram
{
    /// <summary>
    /// The device, what speaks 9p over it, the file system, and the one that takes what programs write. What these need
    /// is that of Debian's kernels from 5.10 to 6.18.
    /// </summary>
    public static KernelWishes Wishes { get; } = new(["virtio_pci", "9pnet_virtio", "9p", "overlay"])
    {
        Likely =
        [
            "virtio", "virtio_ring", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "9pnet", "netfs", "fscache",
        ],
    };

    /// <summary>Directories that a guest has of its own (bpf/exec/hostfs.c).</summary>
    private static readonly string[] _own = ["/dev/", "/proc/", "/sys/", "/run/"];

    /// <returns>
    /// The file's SHA256: a guest finds it as it is now. Or why it cannot be run, as the rest of a sentence.
    /// </returns>
    public static async Task<(string? Sha256, string? Problem)> LookAsync(
        ExecSubject subject, Machine machine, CancellationToken cancellation)
    {
        try
        {
            return Problem(subject, machine) is { } problem ? (null, problem)
                : (await Hashes.Sha256OfFileAsync(subject.File, cancellation).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"cannot be read: {e.Message}");
        }
    }

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    private static string? Problem(ExecSubject subject, Machine machine)
    {
        if (Array.Find(_own, own => subject.File.StartsWith(own, StringComparison.Ordinal)) is { } directory)
        {
            return $"lies in {directory.TrimEnd('/')}, of which a guest has its own";
        }
        var (_, script, problem) = ProgramFile.Read(subject.File, machine);
        return problem
            ?? (script is not null && Path.IsPathRooted(script.Interpreter) && !File.Exists(script.Interpreter)
                ? $"is a script for {script.Interpreter}, which is not on this machine" : null);
    }
}
