using Harness.Results;

namespace Harness.Bisection;

/// <summary>How it was asked and measured.</summary>
/// <param name="Case">A case's id; with <c>--all</c>, a pattern perhaps.</param>
/// <param name="Good">The kernel given as <c>--good</c>.</param>
/// <param name="Kernels">How many kernels there are from one end to the other, both included.</param>
/// <param name="Boots">How many of them were booted now.</param>
public sealed record ReleaseBisectInfo(
    string Id, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, string Harness, ProberInfo Prober, string? Accel, string? KernelParameters,
    string Case, bool All, string Good, string Bad, int Kernels, int Boots);
