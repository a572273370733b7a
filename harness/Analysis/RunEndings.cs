using Harness.Results;

namespace Harness.Analysis;

/// <summary>Finds out how a run ended. Pure.</summary>
public static class RunEndings
{
    private const string Good = "Every result is as expected.";

    /// <summary>
    /// An unexpected result, or a change since the baseline, weighs more than a kernel that could not be tested for a
    /// reason on this side.
    /// </summary>
    public static RunEnding Of(RunDocument document)
    {
        if (document.Kernels.Any(k => IsUnexpected(k) || k.Cases.Any(c => !c.AsExpected)))
        {
            return RunEnding.Unexpected;
        }
        if (HasChanged(document))
        {
            return RunEnding.Changed;
        }
        if (document.Kernels.Any(IsInfrastructure))
        {
            return RunEnding.NotTestable;
        }
        if (document.Run.NotAsked is { Count: > 0 })
        {
            return RunEnding.NotAsked;
        }
        return document.Kernels.All(k => k.Status == KernelStatus.Unavailable)
            ? RunEnding.NothingTested
            : RunEnding.AsExpected;
    }

    /// <summary>The sentence that sums a run up where no result is unexpected.</summary>
    public static string InWords(RunEnding ending) => ending switch
    {
        RunEnding.NothingTested => "No kernel could be tested: none of the images is to be had.",
        RunEnding.NotAsked => $"{Good} Some of what was named could not be asked about; the notes say why.",
        RunEnding.Changed => $"{Good} Something changed since the baseline.",
        _ => Good,
    };

    /// <summary>
    /// Something changed since the baseline. A kernel that could not be tested for a reason on this side does not count
    /// as changed: that has an exit code of its own.
    /// </summary>
    private static bool HasChanged(RunDocument document)
    {
        if (document.Baseline is not { } baseline)
        {
            return false;
        }
        var untested = document.Kernels.Where(IsInfrastructure).Select(k => k.Id).ToHashSet(StringComparer.Ordinal);
        return baseline.Cases.Count + baseline.Complaints.Count > 0 || baseline.Kernels.Any(k =>
            k.Change is KernelChangeKind.Came or KernelChangeKind.Went || !untested.Contains(k.Kernel));
    }

    /// <summary>The kernel failed to boot, hung, crashed or complained, and no expectation foresees that.</summary>
    private static bool IsUnexpected(KernelResult kernel) => !kernel.AsExpected && !IsInfrastructure(kernel);

    /// <summary>The kernel could not be tested for a reason on this side, not on the kernel's.</summary>
    private static bool IsInfrastructure(KernelResult kernel) => !kernel.AsExpected
        && kernel.Status is KernelStatus.InfraError or KernelStatus.NotRun or KernelStatus.Unavailable;
}
