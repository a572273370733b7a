using Harness.Reports;
using Harness.Results;

namespace Harness.Site;

/// <summary>A file that a run, or a bisection, wrote and that may be published.</summary>
/// <param name="Name">Relative to its directory, with slashes.</param>
/// <param name="Source">Its path.</param>
internal sealed record RunFile(string Name, string Source, FileRank Rank)
{
    public const string Html = "report.html";
    public const string Markdown = "report.md";
    public const string Badge = "badge.svg";

    private const string Consoles = "console";
    private const string Reports = "ktap";

    /// <summary>The files of a run directory, in the order in which they are offered.</summary>
    private static readonly (string Name, FileRank Rank)[] _offered =
    [
        (Html, FileRank.Page), (Markdown, FileRank.Page), (ResultsFile.Name, FileRank.Results),
        ("junit.xml", FileRank.JUnit), (KcidbReport.FileName, FileRank.Kcidb), ("results.ktap", FileRank.Ktap),
        (Badge, FileRank.Page),
    ];

    /// <summary>Bytes.</summary>
    public long Length => new FileInfo(Source).Length;

    /// <summary>It is published as it is on the newest run alone, and compressed on the others.</summary>
    public bool IsForMachines => Rank is not (FileRank.Page or FileRank.Console);

    /// <summary>
    /// The name on the site. A web server tells by a name's end how to serve a file, and few know these two.
    /// </summary>
    public string PublishedName => Rank is FileRank.Console or FileRank.Evidence
        ? Path.ChangeExtension(Name, ".txt")
        : Name;

    /// <summary>What a reader is told who looks for it: a file, or the folder that it is in.</summary>
    public string Kind => Name.Contains('/', StringComparison.Ordinal) ? Name[..(Name.LastIndexOf('/') + 1)] : Name;

    /// <summary>
    /// The files of a run directory. The paths in a document are not trusted: only files that are there are published,
    /// no link is followed, and no FIFO is read.
    /// </summary>
    public static IReadOnlyList<RunFile> In(string directory) =>
    [
        .. _offered.SelectMany(o => Offered(directory, o)).Where(f => f.IsThere()),
        .. Folder(directory, Consoles, "*.log", FileRank.Console),
        .. Folder(directory, Reports, "*.ktap", FileRank.Evidence),
    ];

    /// <summary>It is a file, and no link to one, and no FIFO.</summary>
    public bool IsThere() => IsFile(new FileInfo(Source));

    /// <summary>Of KCIDB's format, a large run has further files.</summary>
    private static IEnumerable<RunFile> Offered(string directory, (string Name, FileRank Rank) file)
    {
        var further = file.Name == KcidbReport.FileName ? ReportFormat.FurtherFiles(directory, file.Name) : [];
        return further.Prepend(Path.Combine(directory, file.Name))
            .Select(path => new RunFile(Path.GetFileName(path), path, file.Rank));
    }

    private static bool IsFile(FileInfo file) =>
        file is { Exists: true, LinkTarget: null } && !Files.IsSpecial(file.FullName);

    private static IEnumerable<RunFile> Folder(string directory, string name, string pattern, FileRank rank)
    {
        var folder = new DirectoryInfo(Path.Combine(directory, name));
        return !folder.Exists || folder.LinkTarget is not null
            ? []
            : folder.EnumerateFiles(pattern).Where(IsFile)
                .OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => new RunFile($"{name}/{f.Name}", f.FullName, rank));
    }
}
