namespace Harness.Results;

/// <summary>What became of a complaint between two runs.</summary>
public enum ComplaintChangeKind
{
    /// <summary>The kernel complains of it, and did not.</summary>
    New,

    /// <summary>The kernel complained of it, and no longer does.</summary>
    Gone,
}
