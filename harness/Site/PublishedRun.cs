using Harness.Analysis;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Site;

/// <summary>What the pages say of a run: so much less than its document that many are held at once.</summary>
/// <param name="Directory">The run directory's name.</param>
/// <param name="Reports">The names of its reports, in the order in which they are offered.</param>
/// <param name="Answers">The main findings, in sentences.</param>
internal sealed record PublishedRun(string Directory, RunInfo Info, IReadOnlyList<PublishedKernel> Kernels, IReadOnlyList<string> Reports, IReadOnlyList<string> Answers)
{
    public const string Badge = "badge.svg";

    /// <summary>What a run directory may hold for readers; the first that is there is <em>the</em> report.</summary>
    private static readonly string[] _offered = ["report.html", "report.md", ResultsFile.Name, "junit.xml", "kcidb.json", "results.ktap", Badge];

    public string? Report => Reports.FirstOrDefault(r => r.StartsWith("report.", StringComparison.Ordinal));

    public int Tested => Kernels.Count(k => k.Status == KernelStatus.Tested);

    public CaseTally Total => new(Kernels.Sum(k => k.Cell.Pass), Kernels.Sum(k => k.Cell.Fail), Kernels.Sum(k => k.Cell.Skip), Kernels.Sum(k => k.Cell.Error), Kernels.Sum(k => k.Cell.Total));

    public int UnexpectedKernels => Kernels.Count(k => !k.AsExpected);

    public int Unexpected => Kernels.Sum(k => k.Unexpected);

    /// <exception cref="ResultsException">Its results are damaged.</exception>
    public static PublishedRun Read(RunDirectoryEntry directory, ProbeList probes)
    {
        var document = ResultsFile.Read(directory.Path);
        var consoles = Consoles(directory.Path).ToHashSet(StringComparer.Ordinal);
        return new PublishedRun(directory.Name, document.Run,
            [.. document.Kernels.Select(k => new PublishedKernel(k.Id, k.Version, k.Arch, k.Status, k.AsExpected, k.Reason, Count(k), k.Cases.Count(c => !c.AsExpected), ConsoleOf(k, consoles)))],
            [.. _offered.Where(name => IsFile(Path.Combine(directory.Path, name)))],
            [.. FirstAnswers.Of(document, probes).Select(a => a.InWords)]);
    }

    /// <summary>
    /// Names in <c>console/</c>. What a document says of its consoles is a path that anybody may have written; only what
    /// lies there as a file is published, and no link is followed.
    /// </summary>
    public static IEnumerable<string> Consoles(string directory)
    {
        var consoles = new DirectoryInfo(Path.Combine(directory, "console"));
        return !consoles.Exists || consoles.LinkTarget is not null
            ? []
            : consoles.EnumerateFiles("*.log").Where(f => f.LinkTarget is null).Select(f => f.Name).Order(StringComparer.Ordinal);
    }

    private static string? ConsoleOf(KernelResult kernel, HashSet<string> consoles) =>
        kernel.Console?.Split('/') is ["console", var name] && consoles.Contains(name) ? name : null;

    private static bool IsFile(string path) => new FileInfo(path) is { Exists: true, LinkTarget: null };

    private static CaseTally Count(KernelResult kernel) => new(
        kernel.Cases.Count(c => c.Status == CaseStatus.Pass), kernel.Cases.Count(c => c.Status == CaseStatus.Fail),
        kernel.Cases.Count(c => c.Status == CaseStatus.Skip), kernel.Cases.Count(c => c.Status is CaseStatus.Error or CaseStatus.Flaky), kernel.Cases.Count);
}
