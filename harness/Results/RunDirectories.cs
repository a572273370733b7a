namespace Harness.Results;

/// <summary>A directory that a run wrote.</summary>
/// <param name="Name">Its name below <c>results/</c>.</param>
public sealed record RunDirectoryEntry(string Path, string Name)
{
    /// <summary>The run came to its end, or to an interruption in order; a killed one has only its journal.</summary>
    public bool HasResults => File.Exists(System.IO.Path.Combine(Path, ResultsFile.Name));
}

/// <summary>The run directories below <c>results/</c>.</summary>
public static class RunDirectories
{
    /// <summary>
    /// In the order of their names. A directory without results and journal is no run, nor is a link (<c>latest</c>) to
    /// one.
    /// </summary>
    public static IReadOnlyList<RunDirectoryEntry> In(string results) => !Directory.Exists(results)
        ? []
        :
        [
            .. new DirectoryInfo(results).EnumerateDirectories()
                .Where(d => d.LinkTarget is null && (Has(d, ResultsFile.Name) || Has(d, Journal.Name)))
                .Select(d => new RunDirectoryEntry(d.FullName, d.Name))
                .OrderBy(d => d.Name, StringComparer.Ordinal),
        ];

    private static bool Has(DirectoryInfo directory, string file) =>
        File.Exists(Path.Combine(directory.FullName, file));
}
