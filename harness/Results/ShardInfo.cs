namespace Harness.Results;

/// <summary>Which share of its matrix a run tested.</summary>
/// <param name="Index">From 1.</param>
/// <param name="Of">How many shares there are.</param>
/// <param name="Elsewhere">
/// The matrix's other kernels, each as a row that was not run and says whose it is. A merge finds out by them whether
/// any is missing.
/// </param>
public sealed record ShardInfo(int Index, int Of, IReadOnlyList<KernelResult> Elsewhere);
