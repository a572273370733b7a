using Harness.Kernels.Git;

namespace Harness.Bisection.Commits;

/// <summary>What only a bisection over commits is asked, as its options say.</summary>
/// <param name="Git">The kernel tree.</param>
/// <param name="FirstParent">Follow only the first parent of merges.</param>
/// <param name="Paths">Only commits that touch these; empty for all.</param>
/// <param name="Repeat">Boots of each kernel, whose verdicts must agree.</param>
public sealed record CommitRequest(
    string Git, bool FirstParent, IReadOnlyList<string> Paths, BuildSettings Build, int Repeat);
