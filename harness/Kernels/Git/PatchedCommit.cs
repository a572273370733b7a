namespace Harness.Kernels.Git;

/// <summary>A commit whose tree is patched; its id stays.</summary>
/// <param name="Applied">The patches that were applied: files, relative to the bisection's directory.</param>
/// <param name="Problem">Why the tree cannot be patched; <c>null</c> when it can.</param>
public sealed record PatchedCommit(Commit Commit, IReadOnlyList<string> Applied, string? Problem);
