using Harness.Analysis;
using Harness.Probes;
using Harness.Results;
using Harness.Story;

namespace Harness.Site;

/// <summary>
/// What the pages say of a run. It is far smaller than the run's document, so that many fit into memory.
/// </summary>
/// <param name="Directory">The run directory's name.</param>
/// <param name="Files">Its files, in the order in which they are offered.</param>
/// <param name="Answers">The main findings, in sentences.</param>
/// <param name="Changes">What changed since the run before; <c>null</c> when there is none.</param>
internal sealed record PublishedRun(
    string Directory, RunInfo Info, IReadOnlyList<PublishedKernel> Kernels, IReadOnlyList<RunFile> Files,
    IReadOnlyList<string> Answers, PublishedChanges? Changes)
{
    /// <summary>The sentence that sums the run up where no result is unexpected.</summary>
    public required string Ending { get; init; }

    /// <summary>That sentence is good news.</summary>
    public required bool IsGood { get; init; }

    /// <summary>The name of the report that people read first.</summary>
    public string? Report => Files.FirstOrDefault(f => f.Name is RunFile.Html or RunFile.Markdown)?.Name;

    public int Tested => Kernels.Count(k => k.Status == KernelStatus.Tested);

    public CaseTally Total => new(
        Kernels.Sum(k => k.Tally.Pass), Kernels.Sum(k => k.Tally.Fail), Kernels.Sum(k => k.Tally.Skip),
        Kernels.Sum(k => k.Tally.Error), Kernels.Sum(k => k.Tally.Total));

    public int UnexpectedKernels => Kernels.Count(k => !k.AsExpected);

    public int Unexpected => Kernels.Sum(k => k.Unexpected);

    /// <summary>Nothing is unexpected, and that is good news.</summary>
    public bool IsWell => IsGood && Unexpected == 0 && UnexpectedKernels == 0;

    public static PublishedRun Of(
        RunDirectoryEntry directory, RunDocument document, ProbeList probes, PublishedChanges? changes)
    {
        var ending = RunEndings.Of(document);
        return new PublishedRun(
            directory.Name, document.Run, [.. document.Kernels.Select(Published)], RunFile.In(directory.Path),
            [.. FirstAnswers.Of(document, probes).Select(a => a.InWords)], changes)
        {
            Ending = RunEndings.InWords(ending),
            IsGood = ending is RunEnding.AsExpected or RunEnding.Changed,
        };
    }

    private static PublishedKernel Published(KernelResult kernel) => new(
        kernel.Id, kernel.Version, kernel.Arch, kernel.Line, kernel.Status, kernel.AsExpected,
        kernel.Reason ?? Words.Complained(kernel), Count(kernel),
        kernel.Cases.Count(c => !c.AsExpected) + kernel.Complaints.Count(c => !c.AsExpected), kernel.Console);

    private static CaseTally Count(KernelResult kernel) => new(
        kernel.Cases.Count(c => c.Status == CaseStatus.Pass), kernel.Cases.Count(c => c.Status == CaseStatus.Fail),
        kernel.Cases.Count(c => c.Status == CaseStatus.Skip),
        kernel.Cases.Count(c => c.Status is CaseStatus.Error or CaseStatus.Flaky), kernel.Cases.Count);
}
