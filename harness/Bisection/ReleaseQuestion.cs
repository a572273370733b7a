using Harness.Kernels;
using Harness.Results;

namespace Harness.Bisection;

/// <summary>What a bisection over releases looks for.</summary>
/// <param name="Case">The case's id; with <paramref name="All"/> it may be a pattern.</param>
/// <param name="Kernels">From one end to the other, both included, in version order; each has a version.</param>
/// <param name="Good">The id of the kernel at one end.</param>
/// <param name="Bad">The id of the kernel at the other end.</param>
public sealed record ReleaseQuestion(
    string Case, bool All, IReadOnlyList<PlannedKernel> Kernels, string Good, string Bad)
{
    /// <summary>
    /// Boots at most: all kernels with <c>--all</c>; otherwise both ends, and one kernel each time the rest is halved.
    /// </summary>
    public int MostBoots => All ? Kernels.Count : 2 + ReleaseSearch.TestsLeft(Kernels.Count - 2);

    /// <summary>As results are ordered.</summary>
    public static int Compare(Kernel a, Kernel b) =>
        KernelOrder.Compare((a.Version, a.CommittedAt, a.Id), (b.Version, b.CommittedAt, b.Id));
}
