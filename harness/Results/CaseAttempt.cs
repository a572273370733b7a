namespace Harness.Results;

/// <summary>What a flaky case came to in one of several boots.</summary>
/// <param name="Repeat">The boot's number, from 1; a boot without an answer is left out.</param>
public sealed record CaseAttempt(
    int Repeat, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno, string? Reason);
