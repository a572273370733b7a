namespace Harness.Kernels;

/// <summary>A kernel that a run is to test.</summary>
public sealed record PlannedKernel(Kernel Kernel)
{
    /// <summary>
    /// Kernels that may be tested instead when the source lists this one and does not serve it, in the order of
    /// preference. The note of each says which kernel it stands in for.
    /// </summary>
    public IReadOnlyList<Kernel> StandIns { get; init; } = [];
}
