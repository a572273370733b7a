namespace Harness.Results;

/// <summary>A rule chose another point release of a series: one kernel went, and this one came in its place.</summary>
/// <param name="Compared">The number of verdicts that were compared.</param>
/// <param name="Cases">The cases that the two kernels answered differently.</param>
public sealed record KernelReplacement(string Went, string Came, int Compared, IReadOnlyList<CaseChange> Cases);
