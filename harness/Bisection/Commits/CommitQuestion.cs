using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>What a bisection over commits looks for.</summary>
/// <param name="Good">The good end; <c>null</c> when it is to be found among <see cref="Releases"/>.</param>
/// <param name="Paths">Only commits that touch these paths are looked at, given from the top of the tree; empty
/// for all commits.</param>
public sealed record CommitQuestion(
    string Case, Commit? Good, Commit Bad, bool FirstParent, IReadOnlyList<string> Paths)
{
    /// <summary>What is given as <c>--good</c> to have the good end looked for.</summary>
    public const string Auto = "auto";

    /// <summary>What the kernels are built with for the case.</summary>
    public KernelOptions Options { get; init; } = KernelOptions.None;

    /// <summary>Further commits that are as good as the good end.</summary>
    public IReadOnlyList<Commit> FurtherGood { get; init; } = [];

    /// <summary>Ids of commits that are known to tell nothing.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>Tags of the releases before the bad end, the newest first.</summary>
    public IReadOnlyList<string> Releases { get; init; } = [];

    /// <summary>The ends as the user gave them.</summary>
    public (string Good, string Bad) Typed { get; init; }
}
