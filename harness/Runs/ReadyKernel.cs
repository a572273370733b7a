using Harness.Kernels;
using Harness.Results;

namespace Harness.Runs;

/// <summary>A kernel whose image is at hand.</summary>
/// <param name="Seconds">How long its image took in an earlier run; infinity when it is not known.</param>
/// <param name="Order">How many kernels were ready before it.</param>
internal sealed record ReadyKernel(Kernel Kernel, BootImage Image, double Seconds, int Order)
{
    /// <summary>How long the build of its image took; <c>null</c> where this run built none.</summary>
    public TimeSpan? BuildTime { get; init; }

    /// <summary>What was repeated to get its image.</summary>
    public IReadOnlyList<RetriedAttempt> Retries { get; init; } = [];

    /// <summary>The kernel that takes longest comes first; of equals, the one that was ready first.</summary>
    public static IComparer<ReadyKernel> LongestFirst { get; } = Comparer<ReadyKernel>.Create(
        (a, b) => b.Seconds.CompareTo(a.Seconds) is not 0 and var bySeconds ? bySeconds : a.Order.CompareTo(b.Order));
}
