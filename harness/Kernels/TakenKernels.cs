namespace Harness.Kernels;

/// <summary>
/// The kernels that a run has taken: it makes sure that no kernel is tested twice because it stands in for another.
/// Safe for use by several threads.
/// </summary>
public sealed class TakenKernels
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids;

    /// <param name="planned">
    /// The run's kernels. Each is taken from the start, so none of them stands in for another.
    /// </param>
    public TakenKernels(IEnumerable<PlannedKernel> planned) =>
        _ids = planned.Select(p => p.Kernel.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Takes the next stand-in that is still free; <c>null</c> when there is none left.</summary>
    public Kernel? TakeStandIn(PlannedKernel planned)
    {
        lock (_lock)
        {
            return planned.StandIns.FirstOrDefault(kernel => _ids.Add(kernel.Id));
        }
    }

    /// <summary>For a lock: the kernels that are served today, each planned one or what stands in for it.</summary>
    public static async Task<IReadOnlyList<Kernel>> ChooseServedAsync(
        IReadOnlyList<PlannedKernel> planned, CancellationToken cancellation)
    {
        var taken = new TakenKernels(planned);
        var kernels = new List<Kernel>();
        foreach (var kernel in planned)
        {
            if (await taken.ChooseServedAsync(kernel, cancellation).ConfigureAwait(false) is { } served)
            {
                kernels.Add(served);
            }
        }
        return kernels;
    }

    /// <summary>
    /// For a lock: the planned kernel or the first free stand-in whose source serves it, asked without a download;
    /// <c>null</c> when none is served. A source that cannot be asked counts as serving it.
    /// </summary>
    public async Task<Kernel?> ChooseServedAsync(PlannedKernel planned, CancellationToken cancellation)
    {
        var kernel = planned.Kernel;
        while (kernel is { Source: { IsCached: false } source }
            && await source.IsServedAsync(cancellation).ConfigureAwait(false) == false)
        {
            kernel = TakeStandIn(planned);
        }
        return kernel;
    }
}
