using Harness.Results;

namespace Harness.History;

/// <summary>Finds kernels that were not tested lately: they left the archive, or cannot be tested any more.</summary>
public static class StaleKernels
{
    public static IReadOnlyList<StaleKernel> Of(StoredHistory history, DateTimeOffset since)
    {
        var failing = FailingSources(history);
        return
        [
            .. history.Runs.SelectMany(run => run.Results.Select(r => (Run: run, Result: r)))
                .Where(k => !k.Result.IsStandIn || failing.Contains(k.Result.Kernel)).GroupBy(r => r.Result.Kernel)
                .Select(kernel => (
                    Tested: kernel.Where(k => k.Result.Status == KernelStatus.Tested)
                        .Select(k => k.Result.Known ?? new KnownFrom(k.Run.Name, k.Run.StartedAt))
                        .MaxBy(k => k.MeasuredAt),
                    Last: kernel.Last()))
                .Where(kernel => kernel.Tested is null || kernel.Tested.MeasuredAt < since)
                .Select(kernel =>
                    new StaleKernel(kernel.Last.Result.Kernel, kernel.Tested?.Run, kernel.Tested?.MeasuredAt,
                        kernel.Last.Run.Name, kernel.Last.Result.Status))
                .OrderBy(k => k.LastTested).ThenBy(k => k.Kernel, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The rows that stand in the place of kernels that the last run of a matrix could not look for. An earlier run's
    /// row says nothing any more: its source could be read again.
    /// </summary>
    private static HashSet<string> FailingSources(StoredHistory history) =>
    [
        .. history.Runs.GroupBy(run => run.Matrix).SelectMany(matrix => matrix.Last().Results)
            .Where(result => result.IsStandIn).Select(result => result.Kernel),
    ];
}
