using Harness.Analysis;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Site;

/// <summary>
/// What the pages say of a run. It is far smaller than the run's document, so that many fit into memory.
/// </summary>
/// <param name="Directory">The run directory's name.</param>
/// <param name="Reports">The names of its reports, in the order in which they are offered.</param>
/// <param name="Answers">The main findings, in sentences.</param>
internal sealed record PublishedRun(
    string Directory, RunInfo Info, IReadOnlyList<PublishedKernel> Kernels, IReadOnlyList<string> Reports,
    IReadOnlyList<string> Answers)
{
    public const string Badge = "badge.svg";

    /// <summary>The files of a run directory that are published, in the order in which they are offered.</summary>
    private static readonly string[] _offered =
        ["report.html", "report.md", ResultsFile.Name, "junit.xml", "kcidb.json", "results.ktap", Badge];

    /// <summary>The sentence that sums the run up where no result is unexpected.</summary>
    public required string Ending { get; init; }

    /// <summary>That sentence is good news.</summary>
    public required bool IsGood { get; init; }

    public string? Report => Reports.FirstOrDefault(r => r.StartsWith("report.", StringComparison.Ordinal));

    public int Tested => Kernels.Count(k => k.Status == KernelStatus.Tested);

    public CaseTally Total => new(
        Kernels.Sum(k => k.Tally.Pass), Kernels.Sum(k => k.Tally.Fail), Kernels.Sum(k => k.Tally.Skip),
        Kernels.Sum(k => k.Tally.Error), Kernels.Sum(k => k.Tally.Total));

    public int UnexpectedKernels => Kernels.Count(k => !k.AsExpected);

    public int Unexpected => Kernels.Sum(k => k.Unexpected);

    /// <exception cref="ResultsException">Its results are damaged.</exception>
    public static PublishedRun Read(RunDirectoryEntry directory, ProbeList probes)
    {
        var document = probes.Read(directory.Path);
        var consoles = Consoles(directory.Path).ToHashSet(StringComparer.Ordinal);
        return new PublishedRun(directory.Name, document.Run,
            [.. document.Kernels.Select(k => Published(k, ConsoleOf(k, consoles)))],
            [.. _offered.Where(name => IsFile(new FileInfo(Path.Combine(directory.Path, name))))],
            [.. FirstAnswers.Of(document, probes).Select(a => a.InWords)])
        {
            Ending = RunEndings.InWords(RunEndings.Of(document)),
            IsGood = RunEndings.Of(document) is RunEnding.AsExpected or RunEnding.Changed,
        };
    }

    /// <summary>
    /// The names of the files in <c>console/</c>. The paths in a document are not trusted: only files that are there
    /// are published, no link is followed, and no FIFO is read.
    /// </summary>
    public static IEnumerable<string> Consoles(string directory)
    {
        var consoles = new DirectoryInfo(Path.Combine(directory, "console"));
        return !consoles.Exists || consoles.LinkTarget is not null
            ? []
            : consoles.EnumerateFiles("*.log").Where(IsFile).Select(f => f.Name)
                .Order(StringComparer.Ordinal);
    }

    private static PublishedKernel Published(KernelResult kernel, string? console) => new(
        kernel.Id, kernel.Version, kernel.Arch, kernel.Status, kernel.AsExpected,
        kernel.Reason ?? Words.Complained(kernel), Count(kernel),
        kernel.Cases.Count(c => !c.AsExpected) + kernel.Complaints.Count(c => !c.AsExpected), console);

    private static string? ConsoleOf(KernelResult kernel, HashSet<string> consoles) =>
        kernel.Console?.Split('/') is ["console", var name] && consoles.Contains(name) ? name : null;

    private static bool IsFile(FileInfo file) =>
        file is { Exists: true, LinkTarget: null } && !Files.IsSpecial(file.FullName);

    private static CaseTally Count(KernelResult kernel) => new(
        kernel.Cases.Count(c => c.Status == CaseStatus.Pass), kernel.Cases.Count(c => c.Status == CaseStatus.Fail),
        kernel.Cases.Count(c => c.Status == CaseStatus.Skip),
        kernel.Cases.Count(c => c.Status is CaseStatus.Error or CaseStatus.Flaky), kernel.Cases.Count);
}
