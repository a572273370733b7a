namespace Harness.Results;

/// <summary>A case's verdicts over the versions of one architecture that were measured.</summary>
public sealed record CaseRange(string Case, string Arch, IReadOnlyList<Segment> Segments);
