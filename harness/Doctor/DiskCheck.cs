namespace Harness.Doctor;

/// <summary>The free space where a directory is, or will be made.</summary>
/// <param name="name">The check's name.</param>
/// <param name="path">The directory, absolute.</param>
internal sealed class DiskCheck(string name, string path) : IMachineCheck
{
    /// <summary>Bytes.</summary>
    private const long WantedSpace = 3L << 30;

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var existing = path;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }
        const string Needs = "the default matrix takes about 500 MiB of cache (with --warm, 1.5 GiB more), the "
            + "nightly one 2 GiB";
        var free = new DriveInfo(existing).AvailableFreeSpace;
        IReadOnlyList<Finding> findings = free >= WantedSpace
            ? [Finding.Ok(name, $"{ByteSize.Text(free)} free")]
            : [Finding.Note(name, $"only {ByteSize.Text(free)} free", Needs)];
        return Task.FromResult(findings);
    }
}
