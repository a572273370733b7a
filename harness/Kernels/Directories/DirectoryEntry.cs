namespace Harness.Kernels.Directories;

/// <summary>A directory with kernels in a matrix.</summary>
/// <param name="Place">The directory, or a pattern of paths; absolute.</param>
/// <param name="Name">What the ids of its kernels begin with; <c>null</c> where the matrix does not say.</param>
public sealed record DirectoryEntry(string At, string Place, string? Name) : KernelEntry(At);
