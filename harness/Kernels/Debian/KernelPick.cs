namespace Harness.Kernels.Debian;

/// <summary>A kernel that a rule wants, and who stands in when the archive lists it and does not serve it.</summary>
/// <param name="StandIns">Of the same series, in the order of preference, each with a note that says for whom it stands in.</param>
public sealed record KernelPick(Kernel First, IReadOnlyList<Kernel> StandIns);

/// <summary>The kernels that a run has taken, so that two picks never fall to the same one. Safe for use by many threads.</summary>
public sealed class TakenKernels
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids;

    /// <summary>Every first choice is taken from the start: a stand-in never is another pick's first choice.</summary>
    public TakenKernels(IEnumerable<KernelPick> picks) =>
        _ids = picks.Select(pick => pick.First.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Takes the next stand-in of a pick that nobody has; <c>null</c> when there is none left.</summary>
    public Kernel? TakeStandIn(KernelPick pick)
    {
        lock (_lock)
        {
            return pick.StandIns.FirstOrDefault(kernel => _ids.Add(kernel.Id));
        }
    }

    /// <summary>
    /// The kernel of a pick that the archive serves, asked without a download, for a lock: its first choice or a
    /// stand-in that nobody has; <c>null</c> when it serves none. What cannot be asked counts as served.
    /// </summary>
    public async Task<Kernel?> ChooseServedAsync(KernelPick pick, CancellationToken cancellation)
    {
        var kernel = pick.First;
        while (kernel is { Source: DebianImageSource { IsCached: false } source }
            && await source.IsServedAsync(cancellation).ConfigureAwait(false) == false)
        {
            kernel = TakeStandIn(pick);
        }
        return kernel;
    }
}
