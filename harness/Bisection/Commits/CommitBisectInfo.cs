using Harness.Results;

namespace Harness.Bisection.Commits;

/// <summary>How a bisection over commits was asked and measured.</summary>
/// <param name="Configuration">A hash of configuration and toolchain.</param>
public sealed record CommitBisectInfo(
    string Id, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, string Harness, ProberInfo Prober, string? Accel,
    string? KernelParameters, string Case, NamedCommit Good, NamedCommit Bad, bool FirstParent,
    IReadOnlyList<string> Paths, string Configuration, int Repeat);
