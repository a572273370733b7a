using System.Numerics;

namespace Harness.Bisection;

/// <summary>
/// Halves the kernels between two that disagree. Pure: the next step follows from the verdicts that are known, so a
/// search can go on at any point. Verdicts may change several times; the search finds one place at which the older
/// end's verdict turns into the newer end's.
/// </summary>
public static class ReleaseSearch
{
    /// <param name="measured">The kernels in version order; <c>null</c> where one is not measured yet. Both ends must
    /// have verdicts, and these must differ.</param>
    public static SearchStep Next(IReadOnlyList<Measurement?> measured)
    {
        var (older, newer) = (measured[0]?.Verdict, measured[^1]?.Verdict);
        if (older is null || newer is null || older == newer)
        {
            throw new ArgumentException("the ends have no verdicts that differ", nameof(measured));
        }
        var (from, to) = Narrowest(measured, older, newer);
        var inside = Enumerable.Range(from + 1, to - from - 1).ToList();
        var unknown = inside.Where(i => measured[i] is null).ToList();
        return unknown.Count == 0
            ? new SearchStep.Answer(from, to, inside)
            : new SearchStep.Test(unknown.MinBy(i => Math.Abs((2 * i) - from - to)), TestsLeft(unknown.Count));
    }

    /// <summary>How many tests halve a number of kernels down to none: ⌈log2(n + 1)⌉.</summary>
    public static int TestsLeft(int unknown) => BitOperations.Log2((uint)unknown) + (unknown == 0 ? 0 : 1);

    /// <summary>
    /// The pair of neighbours with the older and then the newer end's verdict that has the fewest kernels between. A
    /// kernel with a third verdict says nothing about this change, like a kernel that could not be tested.
    /// </summary>
    private static (int From, int To) Narrowest(IReadOnlyList<Measurement?> measured, Verdict older, Verdict newer)
    {
        var useful = Enumerable.Range(0, measured.Count)
            .Where(i => measured[i]?.Verdict is { } v && (v == older || v == newer)).ToList();
        return useful.Zip(useful.Skip(1))
            .Where(pair => measured[pair.First]!.Verdict == older && measured[pair.Second]!.Verdict == newer)
            .MinBy(pair => pair.Second - pair.First);
    }
}
