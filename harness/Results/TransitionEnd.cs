namespace Harness.Results;

/// <summary>One end of a transition: a kernel, and what the case came to on it.</summary>
/// <param name="Kernel">The kernel's id.</param>
public sealed record TransitionEnd(
    string Kernel, string? Version, CaseStatus Status, Outcome? Outcome, string? Step, string? Errno);
