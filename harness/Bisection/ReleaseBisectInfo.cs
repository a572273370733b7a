using Harness.Results;

namespace Harness.Bisection;

/// <summary>How a bisection over releases was asked and measured.</summary>
/// <param name="Case">A case's id; with <c>--all</c>, it may be a pattern.</param>
/// <param name="Good">The kernel given as <c>--good</c>.</param>
/// <param name="Kernels">How many kernels there are from one end to the other, both included.</param>
/// <param name="Boots">How many kernels this command booted.</param>
public sealed record ReleaseBisectInfo(
    string Id, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, string Harness, ProberInfo Prober, string? Accel,
    string? KernelParameters, string Case, bool All, string Good, string Bad, int Kernels, int Boots);
