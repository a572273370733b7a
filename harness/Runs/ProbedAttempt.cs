using Harness.Ktap;

namespace Harness.Runs;

/// <summary>What one of several boots reported of a case.</summary>
/// <param name="Repeat">Which boot, counted from 1.</param>
public sealed record ProbedAttempt(int Repeat, ProbedCase Case);
