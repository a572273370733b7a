using Harness.Results;

namespace Harness.History;

/// <summary>A kernel that no run has tested since a date.</summary>
/// <param name="LastTested">When a run last did; <c>null</c> when none ever did.</param>
/// <param name="LastStatus">What the last run that had it said of it.</param>
public sealed record StaleKernel(
    string Kernel, string? LastTestedRun, DateTimeOffset? LastTested, string LastRun, KernelStatus LastStatus);
