using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>The options of a bisection over commits.</summary>
/// <param name="Git">The kernel tree.</param>
/// <param name="FirstParent">Follow only the first parent of merges.</param>
/// <param name="Paths">Only commits that touch these paths are looked at; empty for all commits.</param>
/// <param name="Repeat">How often each kernel is booted; the verdicts must agree.</param>
public sealed record CommitRequest(
    string Git, bool FirstParent, IReadOnlyList<string> Paths, BuildSettings Build, int Repeat)
{
    /// <summary>The option that gives <see cref="Compilers"/>.</summary>
    public const string CompilersOption = "--cc";

    /// <summary>Patches for the trees that are built.</summary>
    public IReadOnlyList<TreePatch> Patches { get; init; } = [];

    /// <summary>
    /// The compilers of which the first that builds a commit is taken, by their names; empty for the one that make
    /// takes by itself.
    /// </summary>
    public IReadOnlyList<string> Compilers { get; init; } = [];

    /// <summary>How many commits that may be asked for next are built meanwhile.</summary>
    public int Speculate { get; init; }

    /// <summary>A confirmed culprit is written in KCIDB's format, too.</summary>
    public bool ForKcidb { get; init; }

    /// <summary>The user gave the deadline of a VM, so that it does not follow what the tree's kernels need.</summary>
    public bool FixedDeadline { get; init; }
}
