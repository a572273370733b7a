namespace Harness.Kernels;

/// <summary>
/// The exact kernels that a matrix came to, so that another day's run takes the same, as long as archives serve them or
/// the cache holds them.
/// </summary>
public sealed record KernelLock(IReadOnlyList<LockedKernel> Kernels)
{
    /// <summary>Pins kernels. Image files are hashed for it.</summary>
    /// <returns>The lock, and the kernels that cannot be pinned, each with the reason.</returns>
    public static async Task<(KernelLock Lock, IReadOnlyList<string> Problems)> PinAsync(
        KernelSources sources, IEnumerable<Kernel> kernels, CancellationToken cancellation)
    {
        var pinned = new List<LockedKernel>();
        var problems = new List<string>();
        foreach (var kernel in kernels)
        {
            var source = sources.All.FirstOrDefault(source => source.Owns(kernel));
            var (locked, problem) = source is null
                ? (null, await ProblemOfAsync(kernel, cancellation).ConfigureAwait(false))
                : await source.PinAsync(kernel, cancellation).ConfigureAwait(false);
            if (locked is not null)
            {
                pinned.Add(locked);
            }
            else
            {
                problems.Add($"{kernel.Id}: {problem}");
            }
        }
        return (new KernelLock(pinned), problems);
    }

    /// <summary>Why no source has the image.</summary>
    private static async Task<string> ProblemOfAsync(Kernel kernel, CancellationToken cancellation)
    {
        var result = await kernel.Source.AcquireAsync(new Progress<long>(), cancellation).ConfigureAwait(false);
        return result.Problem ?? "none of the sources of kernels has its image";
    }
}
