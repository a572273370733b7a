namespace Harness.Kernels.Git;

/// <summary>What an image of a commit depends on.</summary>
/// <param name="Repository">Absolute.</param>
public sealed record GitKernel(string Repository, Commit Commit, BuildSettings Build);
