using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>What a bisection over commits looks for.</summary>
/// <param name="Paths">Only commits that touch these paths are looked at, given from the top of the tree; empty
/// for all commits.</param>
public sealed record CommitQuestion(
    string Case, Commit Good, Commit Bad, bool FirstParent, IReadOnlyList<string> Paths)
{
    /// <summary>What the kernels are built with for the case.</summary>
    public KernelOptions Options { get; init; } = KernelOptions.None;
}
