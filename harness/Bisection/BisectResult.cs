namespace Harness.Bisection;

/// <summary>What a bisection came to.</summary>
public enum BisectResult
{
    /// <summary>The two neighbours between which the verdict changed; with <c>--all</c>, each such pair.</summary>
    Found,

    /// <summary>What lies between the two could not be tested, or shows another verdict still.</summary>
    Range,

    /// <summary>There is nothing to look for.</summary>
    EndsAgree,

    /// <summary>The good or the bad end gave no verdict.</summary>
    EndUntestable,

    Interrupted,
}
