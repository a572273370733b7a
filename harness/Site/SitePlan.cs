namespace Harness.Site;

/// <summary>
/// Decides what the site has of the files of runs and bisections, so that it is no larger than it may be. Pages are
/// always there. The newest run has its files as they are, if there is room; all others have those for machines
/// compressed. Where room ends, what <see cref="FileRank"/> has last goes first, and of that the oldest.
/// </summary>
internal sealed class SitePlan
{
    private const string Gzipped = ".gz";

    /// <summary>What a made page takes at most, in bytes: its frame, and a row of its table.</summary>
    private const int PageFrame = 8 << 10;

    private const int PageRow = 2 << 10;

    private readonly string _site;
    private readonly string _scratch;
    private readonly Dictionary<RunFile, SiteFile> _kept = [];
    private long _room;

    /// <param name="most">Bytes that the site may have.</param>
    public SitePlan(
        IReadOnlyList<PublishedRun> runs, IReadOnlyList<PublishedBisection> bisections, PublishedRun? newest,
        string site, string scratch, long most)
    {
        (_site, _scratch) = (site, scratch);
        _room = most - PageFrame - runs.Sum(Pages) - bisections.Sum(Pages)
            - ((runs.Count + bisections.Count) * PageRow);
        List<(string Place, IReadOnlyList<RunFile> Files, bool IsNewest)> owners =
        [
            .. runs.Select(r => (PlaceOf(r), r.Files, r == newest)),
            .. bisections.Select(b =>
                (PlaceOf(b), (IReadOnlyList<RunFile>)[.. b.Steps.SelectMany(s => s.Evidence).Distinct()], false)),
        ];
        foreach (var (place, files, _) in owners.Where(o => o.IsNewest && Plain(o.Files) <= _room))
        {
            Keep(files.Select(f => (f, (SiteFile)Copy(place, f), f.Length)));
        }
        var isFull = false;
        foreach (var rank in Enum.GetValues<FileRank>().Where(r => r != FileRank.Page))
        {
            foreach (var (place, files, _) in owners)
            {
                var missing = files.Where(f => f.Rank == rank && !_kept.ContainsKey(f)).ToList();
                isFull = isFull || !TryKeep(place, missing);
            }
        }
        LeftOut = owners.SelectMany(o => o.Files).Count(f => f.Rank != FileRank.Page && !_kept.ContainsKey(f));
    }

    /// <summary>How many files there was no room for.</summary>
    public int LeftOut { get; }

    /// <summary>Even the pages alone have more bytes than the site may have.</summary>
    public bool IsTooLarge => _room < 0;

    public IEnumerable<SiteFile> Files => _kept.Values;

    public static string PlaceOf(PublishedRun run) => $"runs/{run.Directory}";

    public static string PlaceOf(PublishedBisection bisection) => $"bisections/{bisection.Directory}";

    /// <summary>Where a file is, relative to the page of its run; <c>null</c> when the site does not have it.</summary>
    public string? Find(RunFile file) => file.Rank == FileRank.Page ? file.Name
        : !_kept.TryGetValue(file, out var kept) ? null
        : file.PublishedName + (kept is SiteFile.Gzip ? Gzipped : "");

    /// <summary>What the site does not have of these, each kind once.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<RunFile> files) =>
        [.. files.Where(f => Find(f) is null).Select(f => f.Kind).Distinct()];

    private static long Plain(IEnumerable<RunFile> files) =>
        files.Where(f => f.Rank != FileRank.Page).Sum(f => f.Length);

    private static long Pages(PublishedRun run) => PageFrame + (run.Kernels.Count * PageRow)
        + (run.Changes?.Groups.Sum(g => g.Lines.Sum(l => 4L * l.Length)) ?? 0)
        + run.Files.Where(f => f.Rank == FileRank.Page).Sum(f => f.Length + PageFrame);

    private static long Pages(PublishedBisection bisection) =>
        PageFrame + (bisection.Steps.Count * PageRow) + bisection.Files.Sum(f => f.Length);

    /// <summary>Keeps all of these or none.</summary>
    private bool TryKeep(string place, IReadOnlyList<RunFile> files)
    {
        var made = new List<(RunFile File, SiteFile Made, long Length)>();
        var room = _room;
        foreach (var file in files)
        {
            var gzip = file.IsForMachines
                ? SiteFile.Gzip.Of($"{place}/{file.PublishedName}{Gzipped}", file.Source, _site, _scratch)
                : null;
            var length = gzip?.Length ?? file.Length;
            made.Add((file, (SiteFile?)gzip ?? Copy(place, file), length));
            if ((room -= length) < 0)
            {
                return false;
            }
        }
        Keep(made);
        return true;
    }

    private void Keep(IEnumerable<(RunFile File, SiteFile Made, long Length)> made)
    {
        foreach (var (file, kept, length) in made.Where(m => m.File.Rank != FileRank.Page))
        {
            _kept[file] = kept;
            _room -= length;
        }
    }

    private static SiteFile.Copied Copy(string place, RunFile file) =>
        new SiteFile.Copied($"{place}/{file.PublishedName}", file.Source);
}
