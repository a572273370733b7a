using Harness.Ktap;

namespace Harness.Runs;

/// <summary>What one of several boots reported of a case.</summary>
/// <param name="Repeat">Which boot, counted from 1.</param>
public sealed record ProbedAttempt(int Repeat, ProbedCase Case)
{
    /// <summary>
    /// When the case was asked, since the start of the kernel's first VM; <c>null</c> where nobody said it.
    /// </summary>
    public TimeSpan? Start { get; init; }
}
