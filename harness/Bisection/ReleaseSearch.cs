using System.Numerics;

namespace Harness.Bisection;

/// <summary>
/// Halves the kernels between two that disagree. Pure: what is known decides what comes next, so a search goes on from
/// wherever it was left. Histories are not monotonic: it finds one change from the older end's verdict to the newer's.
/// </summary>
public static class ReleaseSearch
{
    /// <param name="measured">In version order; <c>null</c> where nothing is known yet. Both ends have verdicts, and these differ.</param>
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

    /// <summary>So many tests halve so many unknown kernels down to none: ⌈log2(n + 1)⌉.</summary>
    public static int TestsLeft(int unknown) => BitOperations.Log2((uint)unknown) + (unknown == 0 ? 0 : 1);

    /// <summary>
    /// The neighbours that show the one verdict and then the other, with the fewest kernels between them. A kernel with
    /// a third verdict tells nothing of this change, just as one that could not be tested.
    /// </summary>
    private static (int From, int To) Narrowest(IReadOnlyList<Measurement?> measured, Verdict older, Verdict newer)
    {
        var telling = Enumerable.Range(0, measured.Count).Where(i => measured[i]?.Verdict is { } v && (v == older || v == newer)).ToList();
        return telling.Zip(telling.Skip(1))
            .Where(pair => measured[pair.First]!.Verdict == older && measured[pair.Second]!.Verdict == newer)
            .MinBy(pair => pair.Second - pair.First);
    }
}
