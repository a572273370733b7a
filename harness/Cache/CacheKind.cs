namespace Harness.Cache;

/// <summary>A directory of the user's cache whose entries can be made or fetched again.</summary>
/// <param name="Name">The directory's name, below the cache's root.</param>
/// <param name="Marker">
/// The file of an entry whose time of last change says when the entry was last used; an entry without it is not whole.
/// <c>null</c> where the entry's own time says it.
/// </param>
internal sealed record CacheKind(string Name, string? Marker = null)
{
    /// <summary>Kernel images as their vendors ship them.</summary>
    public static CacheKind Images { get; } = new("images", "image.json");

    /// <summary>Programs that run in a guest, built for a matrix.</summary>
    public static CacheKind Probers { get; } = new("probers", "prober");

    /// <summary>Trees and objects of kernels that were built for a matrix.</summary>
    public static CacheKind Builds { get; } = new("builds");

    /// <summary>Trees and objects of bisections: each removes its own when it has its answer.</summary>
    public static CacheKind Bisections { get; } = new("bisect");

    /// <summary>Kernels unpacked from images; each entry is a file.</summary>
    public static CacheKind UnpackedKernels { get; } = new("vmlinux");

    /// <summary>Initial RAM disks; each entry is a file.</summary>
    public static CacheKind Guests { get; } = new("guests");

    /// <summary>What was seen when verdicts were measured that bisections take over.</summary>
    public static CacheKind Evidence { get; } = new("evidence", "report.ktap");

    /// <summary>Modules and configurations of kernels whose images are in <see cref="Images"/>.</summary>
    public static CacheKind KernelFiles { get; } = new("kernel-files", "files.json");

    /// <summary>What kernels answered in earlier runs, with their consoles; each entry is a file.</summary>
    public static CacheKind Known { get; } = new("known");

    /// <summary>Guests that were saved when they were ready for their orders.</summary>
    public static CacheKind Snapshots { get; } = new("snapshots", "snapshot.json");

    public static IReadOnlyList<CacheKind> All { get; } =
        [Images, KernelFiles, Probers, Builds, Bisections, UnpackedKernels, Guests, Evidence, Known, Snapshots];

    /// <summary>The directory in a cache.</summary>
    public string In(string cacheRoot) => Path.Combine(cacheRoot, Name);
}
