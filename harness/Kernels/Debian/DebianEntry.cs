namespace Harness.Kernels.Debian;

/// <summary>A rule over the Debian archive in a matrix.</summary>
public sealed record DebianEntry(string At, DebianRule Rule) : KernelEntry(At);
