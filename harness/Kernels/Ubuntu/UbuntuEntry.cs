using Harness.Kernels.Apt;

namespace Harness.Kernels.Ubuntu;

/// <summary>A rule over Ubuntu's archive in a matrix.</summary>
public sealed record UbuntuEntry(string At, AptRule Rule) : KernelEntry(At);
