using System.Globalization;

namespace Harness.Results;

/// <summary>
/// Says which runs are old: those older than the N newest complete runs, interrupted runs included. An interrupted run
/// that is newer than one of those stays, since somebody may go on with it. A run that a link in <c>results/</c>
/// points to (<c>latest</c>, <c>baseline</c>, one of the user's own) stays, and so does one that is being written.
/// </summary>
public static class RunPruning
{
    /// <summary>A directory that is being removed; a name with which no run begins.</summary>
    private const string Leaving = ".pruned-";

    /// <param name="keep">
    /// How many complete runs stay; those that a link keeps count when they are among the newest.
    /// </param>
    /// <param name="matrix">Just runs of the matrix of this name are looked at; <c>null</c> for all.</param>
    public static IReadOnlyList<RunDirectoryEntry> Old(string results, int keep, string? matrix)
    {
        var runs = RunDirectories.In(results).Select(d => (Directory: d, Header: RunHeader.Read(d) ?? FromName(d)))
            .Where(r => r.Header is not null && (matrix is null || r.Header.Matrix == matrix))
            .OrderByDescending(r => r.Header!.StartedAt).ThenByDescending(r => r.Directory.Name, StringComparer.Ordinal)
                .ToList();
        var complete = runs.Where(r => r.Header!.Complete).Take(keep).ToList();
        if (complete.Count < keep)
        {
            return [];
        }
        var linked = Linked(results);
        return
        [
            .. runs.Skip(runs.IndexOf(complete[^1]) + 1).Select(r => r.Directory)
                .Where(d => !IsLinked(d.Path, linked) && !IsBeingWritten(d.Path))
                .OrderBy(d => d.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Removes a run; for those who look for runs, it is there as a whole or not at all.</summary>
    public static void Remove(RunDirectoryEntry run)
    {
        var leaving = Path.Combine(Path.GetDirectoryName(run.Path)!, Leaving + run.Name);
        Directory.Move(run.Path, leaving);
        Directory.Delete(leaving, recursive: true);
    }

    /// <summary>Removes what an earlier pruning left when it was killed half-way.</summary>
    public static void RemoveLeftovers(string results)
    {
        foreach (var leaving in Directory.EnumerateDirectories(results, Leaving + "*").ToList())
        {
            Directory.Delete(leaving, recursive: true);
        }
    }

    /// <summary>The targets of the links in the directory, with links on the way followed.</summary>
    private static IReadOnlyList<string> Linked(string results) =>
        [.. new DirectoryInfo(results).EnumerateFileSystemInfos().Where(e => e.LinkTarget is not null)
            .Select(e => Files.RealPath(e.FullName))];

    /// <summary>A link leads to the run, or to something in it.</summary>
    private static bool IsLinked(string run, IReadOnlyList<string> linked) => Files.RealPath(run) is var real
        && linked.Any(l => l == real || l.StartsWith(real + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>A run holds its journal's lock from start to end.</summary>
    private static bool IsBeingWritten(string directory)
    {
        var journal = Path.Combine(directory, Journal.Name);
        if (!File.Exists(journal))
        {
            return false;
        }
        try
        {
            using var file = Files.OpenRegular(journal, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>
    /// A run whose files cannot be read is as old as its name says, and of no known matrix; with another name it stays.
    /// </summary>
    private static RunHeader? FromName(RunDirectoryEntry directory) =>
        directory.Name.Length >= 15
            && DateTimeOffset.TryParseExact(directory.Name[..15], "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var time)
            ? new RunHeader(directory.Name, time, false, "")
            : null;
}
