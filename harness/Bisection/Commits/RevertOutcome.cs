namespace Harness.Bisection.Commits;

/// <summary>What came of a culprit's revert on the end that has the culprit.</summary>
public enum RevertOutcome
{
    /// <summary>The kernel answers as before the culprit.</summary>
    AsBefore,

    /// <summary>The kernel answers otherwise.</summary>
    Differs,

    /// <summary>Git cannot revert the culprit there by itself.</summary>
    Conflict,

    /// <summary>
    /// The kernel does not build, boot or answer, or lacks what the case needs, or git cannot say what the revert is.
    /// </summary>
    Untestable,

    /// <summary>The end is the culprit itself, whose revert is its parent.</summary>
    Needless,
}
