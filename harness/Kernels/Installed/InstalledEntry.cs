namespace Harness.Kernels.Installed;

/// <summary>Kernels that are installed on this machine, in a matrix.</summary>
/// <param name="Release">Which releases; <c>null</c> for the one that runs.</param>
/// <param name="Root">The root of the file system that they are installed in.</param>
public sealed record InstalledEntry(string At, Glob? Release, string Root) : KernelEntry(At);
