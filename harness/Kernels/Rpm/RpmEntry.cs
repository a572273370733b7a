namespace Harness.Kernels.Rpm;

/// <summary>A rule over an rpm repository in a matrix.</summary>
public sealed record RpmEntry(string At, RpmRule Rule) : KernelEntry(At);
