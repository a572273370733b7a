namespace Harness.Kernels;

/// <summary>The kernels that entries of a matrix come to today.</summary>
/// <param name="Notes">What a reader should know of the choice, such as parts of an archive that were left out.</param>
public sealed record ResolvedKernels(IReadOnlyList<PlannedKernel> Kernels, IReadOnlyList<string> Notes)
{
    /// <summary>Why kernels could not be looked for: what the rows say that stand in their place.</summary>
    public IEnumerable<string> Failures => Kernels.Select(planned => planned.Kernel.Source.Failure).OfType<string>();

    /// <summary>What several rules come to together. No kernel comes up twice, whichever rules want it.</summary>
    public static ResolvedKernels Merge(IReadOnlyList<ResolvedKernels> rules) => new(
        [
            .. rules.SelectMany(rule => rule.Kernels).GroupBy(planned => planned.Kernel.Id)
                .Select(same => same.FirstOrDefault(planned => planned.Kernel.ByName) ?? same.First()),
        ],
        [.. rules.SelectMany(rule => rule.Notes).Distinct()]);
}
