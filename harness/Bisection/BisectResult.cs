namespace Harness.Bisection;

/// <summary>How a bisection ended.</summary>
public enum BisectResult
{
    /// <summary>Two neighbours between which the verdict changed; with <c>--all</c>, each such pair.</summary>
    Found,

    /// <summary>Kernels between the two could not be tested, or gave a third verdict.</summary>
    Range,

    /// <summary>Both ends gave the same verdict, so there is no change to look for.</summary>
    EndsAgree,

    /// <summary>The good or the bad end gave no verdict.</summary>
    EndUntestable,

    Interrupted,
}
