using System.Globalization;
using Harness.Cache;

namespace Harness.Vm;

/// <summary>
/// The room that all snapshots together may take. Where it is used up, those go that were not used for longest; but
/// none that was used within a day, as runs of more kernels than there is room for would else write all of them anew,
/// and find none.
/// </summary>
/// <param name="root">The directory of the snapshots.</param>
/// <param name="budget">In bytes.</param>
internal sealed class SnapshotRoom(string root, long budget, TimeProvider clock)
{
    /// <summary>What begins the name of a directory that is being written.</summary>
    public const string Unfinished = ".new-";

    private static readonly TimeSpan _inUse = TimeSpan.FromDays(1);

    /// <summary>Far longer than one is written for.</summary>
    private static readonly TimeSpan _longestWriting = TimeSpan.FromHours(1);

    /// <summary>The file that a whole snapshot has.</summary>
    public static string MarkerOf(string directory) => Path.Combine(directory, CacheKind.Snapshots.Marker!);

    /// <summary>Removes what was not used for longest, until there is room for one that was begun.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public void Make(string begun)
    {
        var size = SizeOf(begun);
        if (size > budget)
        {
            throw Lacking(size, $"is more than the {budget} bytes that all may take");
        }
        RemoveAbandoned(but: begun);
        var all = Entries().Where(directory => !IsUnfinished(directory))
            .Select(path => (Path: path, Used: File.GetLastWriteTimeUtc(MarkerOf(path)), Size: SizeOf(path)))
            .OrderBy(snapshot => snapshot.Used).ToList();
        var left = all.Sum(snapshot => snapshot.Size) + size;
        var now = clock.GetUtcNow().UtcDateTime;
        var useless = all.TakeWhile(snapshot => now - snapshot.Used > _inUse).ToList();
        if (left - useless.Sum(snapshot => snapshot.Size) > budget)
        {
            throw Lacking(size, $"is more than is left of {budget} bytes beside those that were used within a day");
        }
        foreach (var snapshot in useless.TakeWhile(_ => left > budget))
        {
            Remove(snapshot.Path);
            left -= snapshot.Size;
        }
    }

    /// <summary>Removes a snapshot, or one that was begun, as far as it is there.</summary>
    public static void Remove(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
            {
                // Without it, nobody takes what is left for a snapshot.
                File.Delete(MarkerOf(directory));
                Files.Remove(directory);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process removes it, too, or the cache is only to be read. `prune --cache` takes what stays.
        }
    }

    /// <summary>What harnesses left that were killed while they wrote it.</summary>
    private void RemoveAbandoned(string but)
    {
        var before = clock.GetUtcNow().UtcDateTime - _longestWriting;
        foreach (var directory in Entries().Where(directory => IsUnfinished(directory) && directory != but)
            .Where(directory => Directory.GetLastWriteTimeUtc(directory) < before).ToList())
        {
            Remove(directory);
        }
    }

    private IEnumerable<string> Entries() => Directory.Exists(root) ? Directory.EnumerateDirectories(root) : [];

    private static bool IsUnfinished(string directory) =>
        Path.GetFileName(directory).StartsWith(Unfinished, StringComparison.Ordinal);

    /// <summary>In bytes; what another process is removing has none.</summary>
    private static long SizeOf(string directory)
    {
        try
        {
            return new DirectoryInfo(directory).EnumerateFiles().Sum(file => file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static IOException Lacking(long size, FormattableString why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"a snapshot of {size} bytes ")
            + why.ToString(CultureInfo.InvariantCulture));
}
