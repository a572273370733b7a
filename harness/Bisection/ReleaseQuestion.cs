using Harness.Kernels;

namespace Harness.Bisection;

/// <summary>What is asked.</summary>
/// <param name="Case">The case's id; with <paramref name="All"/> perhaps a pattern.</param>
/// <param name="Kernels">From one end to the other, both included, in version order; each has a version.</param>
/// <param name="Good">One end's id.</param>
/// <param name="Bad">The other's.</param>
public sealed record ReleaseQuestion(string Case, bool All, IReadOnlyList<PlannedKernel> Kernels, string Good, string Bad)
{
    /// <summary>With all tested, the search boots no more: both ends, then half of what is left each time.</summary>
    public int MostBoots => All ? Kernels.Count : 2 + ReleaseSearch.TestsLeft(Kernels.Count - 2);

    /// <summary>By upstream version, then commits by date, then by id, as results are ordered.</summary>
    public static int Compare(Kernel a, Kernel b) =>
        a.Version!.CompareTo(b.Version) is not 0 and var order ? order
            : Nullable.Compare(a.CommittedAt, b.CommittedAt) is not 0 and var byDate ? byDate
            : string.CompareOrdinal(a.Id, b.Id);
}
