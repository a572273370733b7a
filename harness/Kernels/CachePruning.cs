namespace Harness.Kernels;

/// <summary>Something in the user's cache that can be made or fetched again.</summary>
public sealed record CacheItem(string Path, long Size);

/// <summary>Directories of the cache that several parts of the harness name.</summary>
internal static class CacheKinds
{
    /// <summary>Trees and objects of kernels built for a matrix.</summary>
    public const string Builds = "builds";

    /// <summary>The same of bisections: each removes its own when it has its answer.</summary>
    public const string Bisections = "bisect";
}

/// <summary>
/// What in the cache was not used for long. The time of last access says nothing on most mounts (relatime, noatime), so a
/// use sets the time of last change: of an image's description, an unpacked kernel, a prober, a guest, and of the
/// directory in which the kernels of a repository are built.
/// </summary>
public sealed class CachePruning(string root, TimeProvider clock)
{
    private static readonly TimeSpan _precision = TimeSpan.FromHours(1);

    /// <summary>Told by whoever uses a file of the cache; that it cannot be said is no reason to fail.</summary>
    public static void Used(string path)
    {
        try
        {
            // As good for a directory.
            if (File.GetLastWriteTimeUtc(path) < DateTime.UtcNow - _precision)
            {
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that this user may only read.
        }
    }

    /// <summary>Sorted by path; what a killed harness left half-made is in it, too.</summary>
    public IReadOnlyList<CacheItem> Old(TimeSpan unused)
    {
        var before = clock.GetUtcNow().UtcDateTime - unused;
        return
        [
            .. Entries().Where(e => e.Used < before).Select(e => new CacheItem(e.Path, SizeOf(e.Path))).OrderBy(i => i.Path, StringComparer.Ordinal),
        ];
    }

    public static void Remove(CacheItem item)
    {
        if (!Directory.Exists(item.Path))
        {
            File.Delete(item.Path);
            return;
        }
        // An entry without its description is none: a reader sees it whole or not at all.
        File.Delete(Path.Combine(item.Path, ImageCacheEntry.DescriptionName));
        Directory.Delete(item.Path, recursive: true);
    }

    private IEnumerable<(string Path, DateTime Used)> Entries() =>
    [
        .. Directories("images").Select(d => (d, UsedAt(d, ImageCacheEntry.DescriptionName))),
        .. Directories("probers").Select(d => (d, UsedAt(d, "prober"))),
        .. Directories(CacheKinds.Builds).Concat(Directories(CacheKinds.Bisections)).Select(d => (d, Directory.GetLastWriteTimeUtc(d))),
        .. Files("vmlinux").Select(f => (f, File.GetLastWriteTimeUtc(f))),
        .. Files("guests").Select(f => (f, File.GetLastWriteTimeUtc(f))),
    ];

    private static DateTime UsedAt(string directory, string file)
    {
        var path = Path.Combine(directory, file);
        return File.Exists(path) ? File.GetLastWriteTimeUtc(path) : Directory.GetLastWriteTimeUtc(directory);
    }

    private string[] Directories(string kind) => Path.Combine(root, kind) is var path && Directory.Exists(path) ? Directory.GetDirectories(path) : [];

    private string[] Files(string kind) => Path.Combine(root, kind) is var path && Directory.Exists(path) ? Directory.GetFiles(path) : [];

    private static long SizeOf(string path) => Directory.Exists(path)
        ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length)
        : new FileInfo(path).Length;
}
