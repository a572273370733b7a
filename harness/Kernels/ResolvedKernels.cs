namespace Harness.Kernels;

/// <summary>The kernels that entries of a matrix come to today.</summary>
/// <param name="Notes">What a reader should know of the choice, such as parts of an archive that were left out.</param>
public sealed record ResolvedKernels(IReadOnlyList<PlannedKernel> Kernels, IReadOnlyList<string> Notes)
{
    /// <summary>Why kernels could not be looked for: what the rows say that stand in their place.</summary>
    public IEnumerable<string> Failures => Kernels.Select(planned => planned.Kernel.Source.Failure).OfType<string>();
}
