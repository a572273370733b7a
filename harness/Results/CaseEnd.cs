namespace Harness.Results;

/// <summary>What a case came to in one of the runs.</summary>
public sealed record CaseEnd(Outcome Want, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno);
