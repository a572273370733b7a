namespace Harness.Bisection;

/// <summary>
/// What was seen when a kernel was measured: absolute paths, <c>null</c> where there is no such file.
/// </summary>
/// <param name="Ktap">The report that the guest wrote.</param>
/// <param name="Console">What the kernel said.</param>
/// <param name="BuildLog">What make said.</param>
/// <param name="Config">The kernel's <c>.config</c>.</param>
public sealed record StepEvidence(
    string? Ktap, string? Console, string? BuildLog = null, string? Config = null)
{
    /// <summary>Copies the files that both have, whatever lies there already.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public void CopyTo(StepEvidence places)
    {
        foreach (var (from, to) in Files.Zip(places.Files))
        {
            if (from is not null && to is not null && File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(from, to, overwrite: true);
            }
        }
    }

    /// <summary>Without the files that are not there.</summary>
    public StepEvidence Existing() => new(There(Ktap), There(Console), There(BuildLog), There(Config));

    private IEnumerable<string?> Files => [Ktap, Console, BuildLog, Config];

    private static string? There(string? path) => File.Exists(path) ? path : null;
}
