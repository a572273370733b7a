namespace Harness.Kernels;

/// <summary>The kernels that entries of a matrix come to today.</summary>
/// <param name="Notes">What a reader should know of the choice, such as parts of an archive that were left out.</param>
public sealed record ResolvedKernels(IReadOnlyList<PlannedKernel> Kernels, IReadOnlyList<string> Notes);
