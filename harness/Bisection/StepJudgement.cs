namespace Harness.Bisection;

/// <summary>What <c>bisect --step</c> says of a tree or an image.</summary>
public enum StepJudgement
{
    /// <summary>The kernel does what the case wants.</summary>
    Good,

    /// <summary>It does not.</summary>
    Bad,

    /// <summary>Nothing follows: it does not build, boot or answer, or lacks what the case needs.</summary>
    Nothing,
}
