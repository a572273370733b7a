namespace Harness.Kernels.Apt;

/// <summary>A rule over an apt repository in a matrix.</summary>
public sealed record AptEntry(string At, AptRule Rule) : KernelEntry(At);
