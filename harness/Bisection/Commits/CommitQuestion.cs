using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>What is asked.</summary>
/// <param name="Paths">Only commits that touch these; empty for all.</param>
public sealed record CommitQuestion(string Case, Commit Good, Commit Bad, bool FirstParent, IReadOnlyList<string> Paths);
