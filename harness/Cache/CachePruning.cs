namespace Harness.Cache;

/// <summary>
/// Finds what in the cache was not used for long. The time of last access says nothing on most mounts (relatime,
/// noatime), so whoever uses an entry sets its time of last change (<see cref="Used"/>).
/// </summary>
/// <param name="root">The cache's directory.</param>
public sealed class CachePruning(string root, TimeProvider clock)
{
    private static readonly TimeSpan _precision = TimeSpan.FromHours(1);

    /// <summary>Notes that an entry is used now. It may fail, as in a cache that this user may only read.</summary>
    /// <param name="path">The entry, or its marker where its kind has one (<see cref="CacheKind.Marker"/>).</param>
    public static void Used(string path)
    {
        try
        {
            // These methods work for directories, too.
            if (File.GetLastWriteTimeUtc(path) < DateTime.UtcNow - _precision)
            {
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The entry is only pruned earlier.
        }
    }

    /// <summary>
    /// Entries that were not used for that long, sorted by path; also those that a killed harness left unfinished.
    /// </summary>
    public IReadOnlyList<CacheItem> Old(TimeSpan unused)
    {
        var before = clock.GetUtcNow().UtcDateTime - unused;
        return
        [
            .. CacheKind.All.SelectMany(kind => Entries(kind).Where(entry => UsedAt(kind, entry) < before))
                .Select(path => new CacheItem(path, SizeOf(path)))
                .OrderBy(item => item.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>All entries of a kind, sorted by path.</summary>
    internal IReadOnlyList<CacheItem> Of(CacheKind kind) =>
    [
        .. Entries(kind).Select(path => new CacheItem(path, SizeOf(path)))
            .OrderBy(item => item.Path, StringComparer.Ordinal),
    ];

    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void Remove(CacheItem item)
    {
        if (!Directory.Exists(item.Path))
        {
            File.Delete(item.Path);
            return;
        }
        // The marker goes first, so that no reader takes what is left for a whole entry.
        foreach (var marker in CacheKind.All.Select(kind => kind.Marker).OfType<string>())
        {
            File.Delete(Path.Combine(item.Path, marker));
        }
        LinkedWorktrees.Forget(item.Path);
        Directory.Delete(item.Path, recursive: true);
    }

    private IEnumerable<string> Entries(CacheKind kind) =>
        Directory.Exists(kind.In(root)) ? Directory.EnumerateFileSystemEntries(kind.In(root)) : [];

    private static DateTime UsedAt(CacheKind kind, string entry)
    {
        var marker = kind.Marker is null ? entry : Path.Combine(entry, kind.Marker);
        return File.GetLastWriteTimeUtc(Path.Exists(marker) ? marker : entry);
    }

    private static long SizeOf(string path) => Directory.Exists(path)
        ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : new FileInfo(path).Length;
}
