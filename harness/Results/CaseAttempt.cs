namespace Harness.Results;

/// <summary>What one of several boots said of a flaky case.</summary>
/// <param name="Repeat">Counted from 1; one that came to no answer is missing.</param>
public sealed record CaseAttempt(
    int Repeat, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno, string? Reason);
