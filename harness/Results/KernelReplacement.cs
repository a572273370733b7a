namespace Harness.Results;

/// <summary>A rule chose another point release of a series: one kernel went, and this one came in its place.</summary>
/// <param name="Compared">The verdicts held against each other.</param>
/// <param name="Cases">What the one answered otherwise than the other.</param>
public sealed record KernelReplacement(string Went, string Came, int Compared, IReadOnlyList<CaseChange> Cases);
