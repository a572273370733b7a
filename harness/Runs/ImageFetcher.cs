using Harness.Kernels;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// Gets the images of many kernels, a few at a time. Where one is not served, a kernel that stands in for it is tried.
/// </summary>
/// <param name="resumed">Results that stand from an earlier part of the run, stand-ins among them.</param>
/// <param name="retries">How it is repeated when this side failed; the default when not given.</param>
/// <param name="clock">What the waits between attempts go by; the system's when not given.</param>
public sealed class ImageFetcher(
    IReadOnlyList<PlannedKernel> kernels, Action<RunEvent> tell, IReadOnlyList<KernelResult>? resumed = null,
    RetryPolicy? retries = null, TimeProvider? clock = null)
{
    /// <summary>Enough to fill a line, few enough to be polite to a mirror.</summary>
    private const int Downloads = 4;

    private readonly TakenKernels _taken = new(kernels);

    /// <param name="take">Is called for every kernel that was tried, from several threads.</param>
    /// <exception cref="OperationCanceledException">Interrupted; no download is left.</exception>
    public async Task FetchAllAsync(Func<Kernel, ImageResult, ValueTask> take, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Downloads, CancellationToken = cancellation };
        // What is here already goes first: it can boot while the rest is downloaded.
        var cachedFirst = kernels.OrderBy(k => k.Kernel.Source.IsCached ? 0 : 1);
        await Parallel.ForEachAsync(cachedFirst, options, async (planned, ct) =>
        {
            for (var kernel = planned.Kernel; kernel is not null;)
            {
                var result = await FetchAsync(kernel, ct).ConfigureAwait(false);
                if (result is ImageResult.Available { FromCache: var cached })
                {
                    tell(new RunEvent.ImageReady(kernel.Id, cached, kernel.Source.Builds));
                }
                await take(kernel, result).ConfigureAwait(false);
                kernel = NextChoice(planned, kernel, result);
            }
        }).ConfigureAwait(false);
    }

    /// <summary>The image is there, or a rule chose the kernel and its archive does not serve it.</summary>
    public static bool Suffices(Kernel kernel, ImageResult result) =>
        result is ImageResult.Available || (result is ImageResult.Unavailable { NotServed: true } && !kernel.ByName);

    private async Task<ImageResult> FetchAsync(Kernel kernel, CancellationToken cancellation)
    {
        if (kernel.Source is { Builds: true, IsCached: false })
        {
            tell(new RunEvent.Building(kernel.Id));
        }
        var received = new InlineProgress<long>(
            bytes => tell(new RunEvent.Downloading(kernel.Id, bytes, kernel.DownloadSize)));
        var failed = new List<Retry>();
        var result = await (retries ?? RetryPolicy.Default).RunAsync(
            () => kernel.Source.AcquireAsync(new ImageProgress(received, Retrying, Building), cancellation),
            tried => tried is ImageResult.Failed { MayPass: true, Reason: var reason } ? reason : null,
            Retrying, clock ?? TimeProvider.System, cancellation).ConfigureAwait(false);
        return failed.Count == 0 ? result : result with { Retries = failed };

        void Building(BuildProgress progress) => tell(new RunEvent.BuildProgressed(kernel.Id, progress));

        void Retrying(Retry retry)
        {
            failed.Add(retry);
            tell(new RunEvent.Retrying(kernel.Id, RetryStage.Fetch, retry));
        }
    }

    private Kernel? NextChoice(PlannedKernel planned, Kernel kernel, ImageResult result)
    {
        if (result is not ImageResult.Unavailable { NotServed: true })
        {
            return null;
        }
        while (_taken.TakeStandIn(planned) is { } next)
        {
            var earlier = resumed?.FirstOrDefault(r => r.Id == next.Id);
            if (earlier is null)
            {
                tell(new RunEvent.StandIn(next, kernel.Id));
                return next;
            }
            if (earlier.Note == next.Note)
            {
                return null; // It stood in for this kernel already, and was tested.
            }
        }
        return null;
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, tells at once and in order.</summary>
    private sealed class InlineProgress<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
